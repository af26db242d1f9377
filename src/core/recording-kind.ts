/** What a platform says about a file; often wrong or missing. */
export interface Described {
  name?: string | null;
  mimeType?: string | null;
}

const EXTENSIONS = new Set(
  (
    'aac ac3 aif aiff alac amr ape au caf flac m4a m4b mka mp2 mp3 mpga oga ogg opus ra spx wav weba wma wv ' +
    '3g2 3gp asf avi flv m2ts m4v mkv mov mp4 mpeg mpg ogv webm wmv'
  ).split(' '),
);
/** Notes for instruments; and what platforms take every `.ts` file for, which mostly are programs. */
const NOT_SPOKEN = new Set([
  'audio/midi',
  'audio/mid',
  'audio/x-midi',
  'video/mp2t',
  'video/vnd.dlna.mpeg-tts',
]);
const SAYS_NOTHING = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/**
 * Whether a file is audio or video by what is said about it: by its type, else by its name. What the
 * platform itself recorded (`voice`) is one whatever its type, for encodings change without notice.
 */
export function isRecording(file: Described, voice: boolean): boolean {
  const type = typeOf(file);
  if (voice) return true;
  if (NOT_SPOKEN.has(type)) return false;
  if (/^(audio|video)\//.test(type) || type === 'application/ogg') return true;
  return !/^(image|text)\//.test(type) && EXTENSIONS.has(extensionOf(file));
}

/** Neither its type nor its name says what it is. */
export function isOfUnknownKind(file: Described): boolean {
  return SAYS_NOTHING.has(typeOf(file)) || NOT_SPOKEN.has(typeOf(file));
}

function typeOf({ mimeType }: Described): string {
  return (mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function extensionOf({ name }: Described): string {
  return /\.([^.]+)$/.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
}
