import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { BlockAction, Context, MessageShortcut, RespondFn, ViewSubmitAction } from '@slack/bolt';
import { Interruption } from '../../core/interruption';
import {
  Gesture,
  gestureOfAction,
  gestureOfCommand,
  gestureOfForm,
  gestureOfShortcut,
} from './interactions/gesture';
import { GestureRouter } from './interactions/gesture.router';
import { ResponsesService } from './interactions/responses.service';
import { PANEL_ACTIONS } from './panels/panel-id';
import { ANSWER_ACTIONS } from './slack-action-id';
import { FORMS, SLACK_COMMANDS, SlackEventType, TRANSCRIBE_SHORTCUT } from './slack-subscriptions';
import { SlackApp } from './slack.app';
import { SlackEvents } from './slack.events';

/**
 * Hears what happens in Slack and hands it on. Commands, shortcuts and buttons are acknowledged at once, for somebody
 * waits; events when they have been taken in.
 */
@Injectable()
export class SlackGateway implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SlackGateway.name);
  private readonly stop = new AbortController();
  private readonly inHand = new Set<Promise<unknown>>();

  constructor(
    private readonly app: SlackApp,
    private readonly events: SlackEvents,
    private readonly gestures: GestureRouter,
    private readonly responses: ResponsesService,
  ) {}

  onModuleInit(): void {
    const { bolt } = this.app;
    for (const type of Object.keys(this.events.handlers) as SlackEventType[]) this.listen(type);
    for (const command of Object.values(SLACK_COMMANDS)) {
      bolt.command(command, ({ ack, body, context, respond }) =>
        this.take(() => ack(), gestureOfCommand(body, teamOf(context)), respond),
      );
    }
    bolt.shortcut<MessageShortcut>(
      { callback_id: TRANSCRIBE_SHORTCUT, type: 'message_action' },
      ({ ack, body, context, respond }) =>
        this.take(() => ack(), gestureOfShortcut(body, teamOf(context)), respond),
    );
    for (const actions of [ANSWER_ACTIONS, PANEL_ACTIONS]) {
      bolt.action<BlockAction>(actions, ({ ack, body, context, respond }) =>
        this.take(() => ack(), gestureOfAction(body, teamOf(context)), respond),
      );
    }
    bolt.view<ViewSubmitAction>(FORMS, async ({ ack, body, context }) => {
      // It stays open then, with what was typed.
      this.stop.signal.throwIfAborted();
      const gesture = gestureOfForm(body, teamOf(context));
      const response = this.responses.toForm(gesture, ack);
      this.run(() => this.gestures.take(gesture, response));
      return Promise.resolve();
    });
  }

  /** What was begun is brought to its end while there still is a database. */
  async onModuleDestroy(): Promise<void> {
    this.stop.abort(new Interruption('shutdown'));
    await Promise.all(this.inHand);
  }

  /** Rejects when Slack is to send the event again. */
  private listen(type: SlackEventType): void {
    const { signal } = this.stop;
    this.app.bolt.event(type as 'message', async ({ event, context }) => {
      signal.throwIfAborted();
      const { botUserId = '' } = context;
      const hearing = { team: teamOf(context), botUserId, signal };
      const hear = (): Promise<void> =>
        this.events.handlers[type](event as unknown as Record<string, unknown>, hearing);
      // A page that was not drawn is no loss, and drawn late it would take the place of what is there by then.
      if (type === 'app_home_opened') return this.run(hear);
      await this.keep(hear());
      // What was cut off half way need not say so.
      signal.throwIfAborted();
    });
  }

  private async take(
    ack: () => Promise<void>,
    gesture: Gesture,
    respond: RespondFn | undefined,
  ): Promise<void> {
    // Slack tells its user at once that it did not work, which is better than silence.
    this.stop.signal.throwIfAborted();
    await ack();
    this.run(() => this.gestures.take(gesture, this.responses.to(gesture, respond)));
  }

  /** Nobody waits for it. */
  private run(work: () => Promise<void>): void {
    void this.keep(
      work().catch((error: unknown) => {
        if (!this.stop.signal.aborted)
          this.logger.error({ err: error, msg: 'Something from Slack was not handled' });
      }),
    );
  }

  /** Until it has ended, hark does not. */
  private keep(done: Promise<void>): Promise<void> {
    const ended = done.catch(() => undefined).finally(() => this.inHand.delete(ended));
    this.inHand.add(ended);
    return done;
  }
}

/** The workspace in which hark is installed; of a shared channel not the other side's. */
function teamOf({ teamId }: Context): string {
  return teamId ?? '';
}
