import { TranscriptionJob } from '../../core/job';

/** Where the message with the note is; undefined for what was asked for by a command with a file or a link. */
export function linkToNote({ replyTo }: Pick<TranscriptionJob, 'replyTo'>): string | undefined {
  const { workspace, thread, channel, message } = replyTo ?? {};
  if (!channel || !message) return undefined;
  return linkTo({ workspace, channel: thread ?? channel, message });
}

/** @param to outside of servers there is no workspace */
export function linkTo(to: { workspace?: string; channel: string; message: string }): string {
  return `https://discord.com/channels/${to.workspace ?? '@me'}/${to.channel}/${to.message}`;
}
