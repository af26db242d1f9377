import { StoredMessage } from '../support/discord-server/state/message-board';
import { Note } from '../support/notes';

/** A note that somebody has sent to hark. */
export type ChaosNote = SpokenNote | SubmittedNote;

/** A voice message in Discord. */
export interface SpokenNote {
  kind: 'spoken';
  note: Note;
  message: StoredMessage;
}

/** A file sent by REST. */
export interface SubmittedNote {
  kind: 'submitted';
  note: Note;
  key: string;
  /** As the accepting answer names it. */
  jobId: string;
}
