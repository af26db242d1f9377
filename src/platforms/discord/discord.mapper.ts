import { Attachment, Message, MessageFlags, MessageSnapshot } from 'discord.js';
import { Described, isOfUnknownKind, isRecording } from '../../core/recording-kind';
import { AttachmentSource, MediaSource, Person } from '../../core/voice-note';

export interface Reading {
  /** Somebody asked for this message: what it says it is counts for less, for its bytes will tell. */
  asked: boolean;
  /** hark could not fetch the message again: the files' addresses of now are kept. */
  keepAddresses?: boolean;
}

/** What can be read of a message: its recordings, forwarded ones too; else, when asked for, what it links to. */
export function sourcesOf(message: Message, reading: Reading): MediaSource[] {
  const files = filesOf(message);
  const recordings = files.filter(({ file, voice }) => isRecording(describe(file), voice));
  const readable =
    recordings.length > 0 || !reading.asked
      ? recordings
      : files.filter(({ file }) => isOfUnknownKind(describe(file)));
  if (readable.length > 0) return readable.map((each) => sourceOf(message, each, reading));
  return reading.asked ? linksIn(message.content).map((url) => ({ kind: 'link', url })) : [];
}

/** A file given with a command. It stands in no message, so its address is all there is. */
export function uploadedSource(file: Attachment): AttachmentSource {
  return {
    kind: 'attachment',
    platform: 'discord',
    ids: { attachment: file.id, url: file.url },
    ...facts(file),
  };
}

/** All files that a message shows, forwarded ones too. */
export function attachmentsIn(message: Message): Attachment[] {
  return filesOf(message).map(({ file }) => file);
}

export function personOf(user: { id: string; displayName: string }): Person {
  return { id: user.id, name: user.displayName };
}

/** More than anybody asks for; a wall of addresses shall not become a wall of jobs. */
const MOST_LINKS = 5;

/** Addresses in a text, also in Discord's `<…>` that shows no preview. */
export function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>]+/gi) ?? [];
  // What ends a sentence or closes a bracket around it belongs to no address.
  return [...new Set(found.map((url) => url.replace(/[.,;:!?"'*_~|`)\]]+$/, '')))].slice(0, MOST_LINKS);
}

interface PostedFile {
  file: Attachment;
  /** The message that it stands in was sent as a voice message. */
  voice: boolean;
  snapshot?: string;
}

function filesOf(message: Message): PostedFile[] {
  const own = inMessage(message);
  const forwarded = [...message.messageSnapshots.values()].flatMap((snapshot, index) =>
    inMessage(snapshot).map((each) => ({ ...each, snapshot: String(index) })),
  );
  return [...own, ...forwarded];
}

/** The flag's bit says it, whatever else is set. */
function inMessage({ attachments, flags }: Message | MessageSnapshot): PostedFile[] {
  const voice = flags?.has(MessageFlags.IsVoiceMessage) ?? false;
  return [...(attachments?.values() ?? [])].map((file) => ({ file, voice }));
}

function sourceOf(
  { id, channelId }: Message,
  posted: PostedFile,
  { keepAddresses }: Reading,
): AttachmentSource {
  const { file, snapshot } = posted;
  return {
    kind: 'attachment',
    platform: 'discord',
    ids: {
      channel: channelId,
      message: id,
      attachment: file.id,
      ...(snapshot !== undefined && { snapshot }),
      ...(keepAddresses && { url: file.url }),
    },
    ...facts(file),
  };
}

function describe({ name, contentType }: Attachment): Described {
  return { name, mimeType: contentType };
}

function facts({ name, contentType, size, duration }: Attachment): Partial<AttachmentSource> {
  return {
    name,
    bytes: size,
    ...(contentType !== null && { mimeType: contentType }),
    ...(duration !== null && { seconds: duration }),
  };
}
