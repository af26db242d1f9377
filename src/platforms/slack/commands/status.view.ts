import { Phrasebook } from '../../../core/phrasebook';
import { OwnRecording, StatusText } from '../../../core/status-text';
import { Block, Shown, headerBlock, markedBlock, plainBlocks, smallBlock } from '../panels/blocks';
import { escapeMrkdwn } from '../slack.markup';

export interface StatusView extends Shown {
  /** Transcripts that reached nobody and are too long to be shown. */
  files: { name: string; text: string }[];
}

/** A longer transcript goes into a file. */
const LONGEST_QUOTE = 1_500;

/** How hark is doing, as one user is told. What reached nobody is handed over here. */
export function statusView(
  status: StatusText,
  phrasebook: Phrasebook,
  locale: string | undefined,
): StatusView {
  const { title, lines, own } = status;
  const heading = phrasebook.say(locale, own.length > 0 ? 'status.yours' : 'status.yoursNone');
  const blocks: Block[] = [
    headerBlock(title),
    ...plainBlocks(lines.join('\n')),
    markedBlock([`*${heading}*`]),
  ];
  const files: StatusView['files'] = [];
  for (const recording of own) {
    blocks.push(markedBlock([headOf(recording)]));
    if (recording.reason !== undefined) blocks.push(smallBlock(recording.reason));
    if (recording.kept === undefined) continue;
    if (recording.kept.length <= LONGEST_QUOTE) blocks.push(...plainBlocks(recording.kept));
    else files.push({ name: `transcript-${files.length + 1}.txt`, text: `${recording.kept}\n` });
  }
  return { text: title, blocks, files };
}

/** When and where it was, and how it stands with it; Slack writes the time as its reader's clock shows it. */
export function headOf({ job, state }: Pick<OwnRecording, 'job' | 'state'>): string {
  const seconds = Math.floor(job.createdAt.getTime() / 1_000);
  const when = `<!date^${seconds}^{date_short_pretty}, {time}|${job.createdAt.toISOString().slice(0, 16)}>`;
  const channel = job.replyTo?.channel;
  const where = channel && !channel.startsWith('D') ? ` <#${channel}>` : '';
  return `${when}${where} · ${escapeMrkdwn(state)}`;
}
