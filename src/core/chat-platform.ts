import { Answer, Reply } from './answer';
import { PostedReply } from './job-events';
import { MediaInput } from './media';
import { AttachmentSource, PlatformName } from './voice-note';

/** What a platform allows, as data. */
export interface PlatformLimits {
  /** Characters in one message. */
  messageCharacters: number;
  /** Messages for one transcript before the rest goes into a file. */
  messages: number;
  /** Bytes of a file that hark may post. */
  fileBytes: number;
  /** Least time between two edits of a reply, in milliseconds. */
  editIntervalMs: number;
  /** How long a command can be answered, in milliseconds. */
  interactionMs: number;
}

/** A place where people talk. Only a process with the `bot` role calls `report`, `deliver` and `retract`. */
export abstract class ChatPlatform {
  abstract readonly name: PlatformName;
  abstract readonly limits: PlatformLimits;
  /**
   * Opens an attachment by a fresh address, over REST only: it runs in workers, too.
   * @throws HarkError `message_gone`, `permission_missing`, `scope_missing`, `link_…`
   */
  abstract openMedia(source: AttachmentSource, signal: AbortSignal): Promise<MediaInput>;
  /**
   * Shows how far the answer is: posts it first, edits it later. Undefined when nothing can be shown.
   * It must not post twice for one answer, whatever dies in between.
   */
  abstract report(answer: Answer, signal: AbortSignal): Promise<Reply | undefined>;
  /**
   * Whether what `report` shows of an answer can be changed until its notes are done, however long that takes and
   * however often. Where that is not known the answer is no.
   */
  abstract canRevise(answer: Answer): boolean;
  /**
   * Shows every part that is finished, whole. Called again with the same state it changes nothing: what was posted is
   * found by the reply or by the platform's own means.
   * @throws HarkError; retryable when another attempt may succeed
   */
  abstract deliver(answer: Answer, signal: AbortSignal): Promise<Reply>;
  /** Removes what was posted. Does nothing when it is gone. */
  abstract retract(posted: PostedReply): Promise<void>;
}
