import { MediaInfo } from '../../core/job';

/** Media types by the format that was found in the bytes; nothing but sound and pictures is served as what it is. */
const TYPES: Readonly<Record<string, string>> = {
  'ogg/opus': 'audio/ogg; codecs=opus',
  'ogg/vorbis': 'audio/ogg; codecs=vorbis',
  'ogg/flac': 'audio/ogg; codecs=flac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  mp2: 'audio/mpeg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  '3gp': 'video/3gpp',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  amr: 'audio/amr',
  aiff: 'audio/aiff',
};

export function audioTypeOf({ format }: MediaInfo): string {
  return (format && TYPES[format]) ?? 'application/octet-stream';
}
