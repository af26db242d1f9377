import { VoiceNote } from './voice-note';

/**
 * Whether what is said in it is for those who were there only: what was asked for in private, and direct messages of
 * two or of a group, though everybody in these sees the answer. No viewer reads it, no search of theirs finds it, its
 * audio is not kept, and nobody who spoke elsewhere learns of it.
 */
export function isConfidential(note: Pick<VoiceNote, 'private' | 'replyTo'>): boolean {
  return note.private || isDirect(note);
}

/** Whether it was said in a direct message, of two or of a group. */
export function isDirect({ replyTo }: Pick<VoiceNote, 'replyTo'>): boolean {
  return replyTo !== undefined && (replyTo.direct === true || replyTo.workspace === undefined);
}
