import { GatewaySession } from '../support/discord-server/gateway/gateway-session';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { Note } from '../support/notes';

/** A note that somebody has sent to hark. */
export type ChaosNote = SpokenNote | SubmittedNote;

/** A voice message in Discord. */
export interface SpokenNote {
  kind: 'spoken';
  note: Note;
  message: StoredMessage;
  /** The clients that Discord told of it. */
  hearers: GatewaySession[];
  /** Whoever heard it was killed before it had become a job, so it was said once more. */
  repeated: boolean;
}

/** A file sent by REST. */
export interface SubmittedNote {
  kind: 'submitted';
  note: Note;
  key: string;
  /** As the accepting answer names it. */
  jobId: string;
}
