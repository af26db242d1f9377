import { TimestampStyles, bold, hideLinkEmbed, subtext, time } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { Status } from '../../../core/status.service';
import { OwnRecording, statusText } from '../../../core/status-text';
import { DISCORD_LIMITS } from '../discord-limits';
import { linkToNote } from '../discord-links';
import { DISCORD_MARKUP } from '../discord.markup';

export interface StatusView {
  content: string;
  /** Transcripts that reached nobody and are too long to be shown. */
  files: { name: string; text: string }[];
}

/** How hark is doing, as one user is told. What reached nobody is handed over here. */
export function statusView(
  status: Status,
  userId: string,
  phrasebook: Phrasebook,
  locale: string,
): StatusView {
  const { title, lines: said, own } = statusText(status, userId, phrasebook, locale);
  const lines = [bold(title), ...said.map((line) => DISCORD_MARKUP.escape(line)), ''];
  if (own.length === 0) lines.push(phrasebook.say(locale, 'status.yoursNone'));
  else lines.push(bold(phrasebook.say(locale, 'status.yours')));
  const view: StatusView = { content: '', files: [] };
  for (const recording of own) {
    lines.push(`- ${headOf(recording)}`);
    if (recording.reason !== undefined) lines.push(subtext(DISCORD_MARKUP.escape(recording.reason)));
    if (recording.kept === undefined) continue;
    const quote = quoted(recording.kept);
    // Room is left for what the others have to say.
    const room = DISCORD_LIMITS.messageCharacters / 2 - lines.join('\n').length;
    if (quote.length <= room) lines.push(quote);
    else view.files.push({ name: `transcript-${view.files.length + 1}.txt`, text: `${recording.kept}\n` });
  }
  return { ...view, content: lines.join('\n').slice(0, DISCORD_LIMITS.messageCharacters) };
}

function headOf({ job, state }: OwnRecording): string {
  const when = time(job.createdAt, TimestampStyles.RelativeTime);
  const link = linkToNote(job);
  return [`${when}: ${state}`, ...(link ? [hideLinkEmbed(link)] : [])].join(' ');
}

function quoted(text: string): string {
  return DISCORD_MARKUP.escape(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
