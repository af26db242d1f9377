import { Described, isOfUnknownKind, isRecording } from '../../core/recording-kind';
import { AttachmentSource, MediaSource, ReplyAddress } from '../../core/voice-note';
import { SlackFile, SlackMessage } from './slack-payload';

export interface Reading {
  /** Workspace in which hark is installed. */
  team: string;
  /** Somebody asked for this message: what its files say they are counts for less, for their bytes will tell. */
  asked: boolean;
}

/** What can be read of a message: its recordings, those it passes on too; else, when asked for, what it links to. */
export function sourcesOf(message: SlackMessage, { team, asked }: Reading): MediaSource[] {
  const files = filesOf(message).filter(isThere);
  const recordings = files.filter(isClip);
  const readable = recordings.length > 0 || !asked ? recordings : files.filter(saysNothing);
  if (readable.length > 0) return readable.map((file) => sourceOf(file, message, team));
  return asked ? linksIn(message.text ?? '').map((url) => ({ kind: 'link', url })) : [];
}

/** The files of a message, and of the messages that it passes on. */
export function filesOf({ files = [], attachments = [] }: SlackMessage): SlackFile[] {
  return [...files, ...attachments.flatMap((passedOn) => passedOn.files ?? [])];
}

/** Who speaks in the message: its choices count, not those of whoever shared the recording once more. */
export function speakerOf(message: SlackMessage): string {
  const [first] = filesOf(message).filter(isThere);
  return first?.user || message.user || '';
}

/** Where the answer to a message goes: into its thread. */
export function addressOfMessage(
  { channel, channel_type, ts, thread_ts }: SlackMessage,
  team: string,
  locale?: string,
): ReplyAddress {
  return {
    platform: 'slack',
    workspace: team,
    channel,
    message: ts,
    thread: thread_ts ?? ts,
    ...(isDirect(channel, channel_type) && { direct: true }),
    ...(locale && { locale }),
  };
}

/** A direct message, of two or of a group. */
export function isDirect(channel: string | undefined, type?: string): boolean {
  return channel?.startsWith('D') || type === 'im' || type === 'mpim';
}

/** More than anybody asks for; a wall of addresses shall not become a wall of jobs. */
const MOST_LINKS = 5;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Addresses in a text as Slack sends it, `<address|what is shown>`; elsewhere, as they are typed. */
export function linksIn(text: string): string[] {
  const marked = [...text.matchAll(/<(https?:\/\/[^|>\s]+)(?:\|[^>]*)?>/gi)].map(([, url = '']) => url);
  // What ends a sentence or closes a bracket around it belongs to no address.
  const typed = (text.replace(/<[^>]*>/g, ' ').match(/https?:\/\/[^\s<>]+/gi) ?? []).map((url) =>
    url.replace(/[.,;:!?"'*_~`)\]]+$/, ''),
  );
  const plain = [...marked, ...typed].map((url) =>
    url.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity),
  );
  return [...new Set(plain)].slice(0, MOST_LINKS);
}

/** Nothing more is known of it than its id: another workspace shares it. */
export function mustBeLookedUp({ file_access }: SlackFile): boolean {
  return file_access === 'check_file_info';
}

/** Files that were deleted, are kept elsewhere, or are hidden by the workspace's plan cannot be downloaded. */
function isThere({ id, mode = '', is_external }: SlackFile): boolean {
  return id !== undefined && !is_external && !['tombstone', 'hidden_by_limit', 'external'].includes(mode);
}

function isClip(file: SlackFile): boolean {
  const recorded = file.subtype === 'slack_audio' || file.subtype === 'slack_video';
  return (
    isRecording(describe(file), recorded) ||
    isRecording({ ...describe(file), name: `.${file.filetype}` }, false)
  );
}

function saysNothing(file: SlackFile): boolean {
  return isOfUnknownKind(describe(file));
}

function describe({ name, mimetype }: SlackFile): Described {
  return { name, mimeType: mimetype };
}

function sourceOf(file: SlackFile, { channel, ts }: SlackMessage, team: string): AttachmentSource {
  return {
    kind: 'attachment',
    platform: 'slack',
    ids: { team, channel, message: ts, file: file.id ?? '' },
    ...(file.id && { file: file.id }),
    ...(file.name && { name: file.name }),
    ...(file.mimetype && { mimeType: file.mimetype }),
    ...(file.size && { bytes: file.size }),
    ...(file.duration_ms && { seconds: file.duration_ms / 1_000 }),
  };
}
