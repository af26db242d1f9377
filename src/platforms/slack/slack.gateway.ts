import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { BlockAction, Context, MessageShortcut, RespondFn, ViewSubmitAction } from '@slack/bolt';
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

/** Hears what happens in Slack, acknowledges it at once, and hands it on. */
@Injectable()
export class SlackGateway implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SlackGateway.name);
  private readonly stop = new AbortController();
  private readonly inHand = new Set<Promise<void>>();

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
      const gesture = gestureOfForm(body, teamOf(context));
      const response = this.responses.toForm(gesture, ack);
      this.run(() => this.gestures.take(gesture, response));
      return Promise.resolve();
    });
  }

  /** What was begun is brought to its end while there still is a database. */
  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.inHand);
  }

  /** Bolt has acknowledged an event before this hears of it. */
  private listen(type: SlackEventType): void {
    const { signal } = this.stop;
    this.app.bolt.event(type as 'message', async ({ event, context }) => {
      const { botUserId = '' } = context;
      const hearing = { team: teamOf(context), botUserId, signal };
      this.run(() => this.events.handlers[type](event as unknown as Record<string, unknown>, hearing));
      return Promise.resolve();
    });
  }

  private async take(
    ack: () => Promise<void>,
    gesture: Gesture,
    respond: RespondFn | undefined,
  ): Promise<void> {
    await ack();
    this.run(() => this.gestures.take(gesture, this.responses.to(gesture, respond)));
  }

  private run(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        if (!this.stop.signal.aborted)
          this.logger.error({ err: error, msg: 'Something from Slack was not handled' });
      })
      .finally(() => this.inHand.delete(done));
    this.inHand.add(done);
  }
}

/** The workspace in which hark is installed; of a shared channel not the other side's. */
function teamOf({ teamId }: Context): string {
  return teamId ?? '';
}
