import { createHash } from 'node:crypto';
import { VoiceNote } from './voice-note';

/** The keys by which notes are told apart, or are the same. */
export interface JobKeys {
  /** One job only, however often the event arrives. Undefined: every ask is a job of its own. */
  dedupeKey?: string;
  /** Asks with the same content key would give the same text. */
  contentKey: string;
  /** Notes with the same sequence key are read one after the other. */
  sequenceKey?: string;
}

export function keysOf(note: VoiceNote): JobKeys {
  const contentKey = digest(note.platform, sourceKey(note), note.options);
  if (!note.replyTo) {
    return {
      contentKey,
      dedupeKey: note.occurrence && digest(note.platform, note.requester.id, note.occurrence),
    };
  }
  const { workspace, channel, message, interaction } = note.replyTo;
  return {
    contentKey,
    dedupeKey: digest(contentKey, workspace, channel, message, interaction?.id, note.occurrence),
    sequenceKey: [note.platform, workspace, channel, note.author.id].join(':'),
  };
}

function sourceKey({ source }: VoiceNote): unknown {
  if (source.kind === 'attachment') {
    // The same file has another address every time.
    const { url: _, ...ids } = source.ids;
    return ids;
  }
  return source.kind === 'link' ? source.url : source.sha256;
}

/** Parts are told apart whatever they contain; the order of an object's fields does not matter. */
function digest(...parts: unknown[]): string {
  const text = JSON.stringify(parts, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : (value ?? null),
  );
  return createHash('sha256').update(text).digest('base64url');
}
