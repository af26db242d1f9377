import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { GoneNotesService } from '../../../core/gone-notes.service';
import { RenderedAnswer, SlackMessage } from './answer.renderer';
import { SlackFilePoster } from './file.poster';
import { SlackFirstAttempts } from './first-attempts';
import { Conversation, SlackMessages } from './messages.service';
import { metadataOf, SlackOwnMessages } from './own.messages';
import { digestOf, PostedFile, Shown } from './reply';

/** Where and for which answer messages are posted. */
export interface Place extends Conversation {
  answerId: string;
  /** When the answer came to be, by our clock. */
  since: Date;
  /** Nothing of it is older, by Slack's clock. */
  from: Date;
}

/** Brings a conversation to what it is to show of an answer: posted once, edited when it differs, or removed. */
@Injectable()
export class SlackChannelPoster {
  constructor(
    private readonly messages: SlackMessages,
    private readonly own: SlackOwnMessages,
    private readonly files: SlackFilePoster,
    private readonly attempts: SlackFirstAttempts,
    private readonly goneNotes: GoneNotesService,
  ) {}

  /** @param before what is known to have been posted; what is not is looked up unless this is the first attempt */
  async show(place: Place, wanted: RenderedAnswer, before: Shown, signal: AbortSignal): Promise<Shown> {
    const now = await this.known(place, wanted, before, signal);
    const pending = wanted.settled
      ? await this.files.prepare(place, wanted.files, { posted: before.files, announced: now.files }, signal)
      : before.files.map((file) => ({ ...file, name: '', shown: true }));
    const announced = pending.map(({ id, digest }) => ({ id, digest }));
    for (const [index, message] of wanted.messages.entries()) {
      await this.bring(place, message, now, { index, files: index === 0 ? announced : [] }, signal);
    }
    for (const ts of now.messages.splice(wanted.messages.length))
      await this.messages.remove(place, ts, signal);
    const files = await this.files.show(place, pending, signal);
    for (const { id } of before.files.filter((old) => !files.some((file) => file.id === old.id)))
      await this.files.remove(place, id, signal);
    return { messages: now.messages, shown: now.shown.slice(0, wanted.messages.length), files };
  }

  private async known(
    place: Place,
    wanted: RenderedAnswer,
    before: Shown,
    signal: AbortSignal,
  ): Promise<Shown> {
    const missing =
      wanted.messages.some((_, index) => before.messages[index] === undefined) ||
      (wanted.settled && wanted.files.length > before.files.length);
    const { answerId, since, from } = place;
    const first = this.attempts.note(`${place.channel}:${answerId}`, since);
    const found =
      missing && !first
        ? await this.own.find(place, answerId, from, signal)
        : { messages: [], shown: [], files: [] };
    return {
      messages: Object.assign(found.messages, before.messages),
      shown: Object.assign(found.shown, before.shown),
      files: found.files,
    };
  }

  private async bring(
    place: Place,
    message: SlackMessage,
    now: Shown,
    { index, files }: { index: number; files: readonly PostedFile[] },
    signal: AbortSignal,
  ): Promise<void> {
    const digest = digestOf({ message, files });
    const metadata = metadataOf({ answerId: place.answerId, index, digest, files });
    const known = now.messages[index];
    if (known !== undefined && now.shown[index] === digest) return;
    const edit = (ts: string): Promise<boolean> =>
      this.messages.update(place, ts, message, metadata, signal).then(() => true, unlessGone);
    if (known === undefined || !(await edit(known))) {
      const successor = known && (await this.successor(place, known, index, signal));
      const there = successor !== undefined && (await edit(successor)) ? successor : undefined;
      now.messages[index] = there ?? (await this.post(place, message, metadata, signal));
    }
    now.shown[index] = digest;
  }

  /** What an earlier attempt has posted in place of a message that is gone, or can no longer be edited. */
  private async successor(
    place: Place,
    gone: string,
    index: number,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    await this.messages.remove(place, gone, signal);
    const { messages } = await this.own.find(place, place.answerId, place.from, signal);
    return messages[index] === gone ? undefined : messages[index];
  }

  private async post(
    place: Place,
    message: SlackMessage,
    metadata: ReturnType<typeof metadataOf>,
    signal: AbortSignal,
  ): Promise<string> {
    const { ts, thread } = await this.messages.post(place, message, metadata, signal);
    const stray = place.thread !== undefined && thread !== place.thread;
    if (stray && (await this.goneNotes.erases({ platform: 'slack', workspace: place.team }))) {
      await this.messages.remove(place, ts, signal);
      throw new HarkError('message_gone', 'The message is gone.');
    }
    return ts;
  }
}

/** False when it is gone. */
function unlessGone(error: unknown): false {
  if (error instanceof HarkError && error.code === 'message_gone') return false;
  throw error;
}
