import { APIMessage, GatewayPresenceUpdateData } from 'discord.js';
import { Realm } from './realm';
import { InteractionRecord } from './state/interaction-desk';
import { RecordedRequest, WaitOptions } from './state/journal';
import { StoredMessage } from './state/message-board';
import { idOf, Ref } from './state/snowflakes';

/** What has come of it all: everything that was recorded, and the waits for more. */
export abstract class Observing {
  protected constructor(protected readonly realm: Realm) {}

  /** Every HTTP request, CDN included, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.realm.journal.requests;
  }

  get interactions(): readonly InteractionRecord[] {
    return this.realm.desk.all;
  }

  /** The last presence the bot has set. */
  get presence(): GatewayPresenceUpdateData | undefined {
    return this.realm.gateway.presence;
  }

  /** 401, 403 and 429 answers: what Discord counts towards a ban. */
  get invalidRequests(): RecordedRequest[] {
    return this.requests.filter(({ status }) => status === 401 || status === 403 || status === 429);
  }

  /** A message as its readers see it now, with live addresses. @throws Error when it is gone */
  read(message: Ref): APIMessage {
    const found = this.realm.board.find(idOf(message));
    if (!found) throw new Error(`There is no message ${idOf(message)}, or it was deleted.`);
    return this.realm.board.render(found);
  }

  /** The bytes of an attachment, also of those the bot has posted. */
  fileOf(attachment: Ref): Buffer {
    return this.realm.cdn.bytesOf(idOf(attachment));
  }

  /** A channel's messages, oldest first; deleted and ephemeral ones only when asked for. */
  messages(channel: Ref, options?: { deleted?: boolean; ephemeral?: boolean }): StoredMessage[] {
    return this.realm.board.inChannel(idOf(channel), options);
  }

  /** What the bot has written there and what still stands. */
  answers(channel: Ref): StoredMessage[] {
    return this.messages(channel).filter(({ data }) => data.author.id === this.realm.world.bot.id);
  }

  /** Interactions whose user is left with "did not respond" or "thinking…". */
  stuckInteractions(): InteractionRecord[] {
    return this.realm.desk.stuck();
  }

  /** Resolves with the first truthy value of `probe`, which is asked again at every event. */
  waitFor<T>(probe: () => T | undefined | null | false, options?: WaitOptions): Promise<T> {
    return this.realm.journal.until(probe, options);
  }

  /** Until a client is logged in and connected. */
  async waitForLogin(options?: WaitOptions): Promise<void> {
    const connected = () => this.realm.gateway.sessions.some((session) => session.connected);
    await this.waitFor(connected, { what: 'a client on the gateway', ...options });
  }

  waitForRequest(
    test: (request: RecordedRequest) => boolean,
    options?: WaitOptions,
  ): Promise<RecordedRequest> {
    return this.waitFor(() => this.requests.find(test), { what: 'a request', ...options });
  }

  /** Until the bot has a message in the channel that fits, in the form it has now; any one unless told. */
  waitForMessage(
    channel: Ref,
    test: (message: APIMessage, stored: StoredMessage) => boolean = () => true,
    options?: WaitOptions,
  ): Promise<StoredMessage> {
    const probe = () => this.answers(channel).find((stored) => test(stored.data, stored));
    return this.waitFor(probe, { what: `a message of the bot in channel ${idOf(channel)}`, ...options });
  }

  /** Until the user reads an answer that fits: no "thinking…", the `@original` message in the form it has now. */
  waitForInteractionResponse(
    record: InteractionRecord,
    test: (message: APIMessage) => boolean = () => true,
    options?: WaitOptions,
  ): Promise<StoredMessage> {
    const probe = () => {
      const message = record.thinking ? undefined : this.realm.board.find(record.originalId ?? '');
      return message && test(message.data) ? message : undefined;
    };
    return this.waitFor(probe, { what: `the answer to interaction ${record.name}`, ...options });
  }

  /** Until the interaction has its first response of any kind: a message, "thinking…", a form. */
  async waitForAcknowledgement(record: InteractionRecord, options?: WaitOptions): Promise<InteractionRecord> {
    const what = `a response to interaction ${record.name}`;
    await this.waitFor(() => record.acknowledgedAt !== undefined, { what, ...options });
    return record;
  }
}
