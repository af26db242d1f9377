/** How one kind of file is decoded. */
export interface MediaFormat {
  /** As told to people and stored with the job. */
  name: string;
  /** ffmpeg's demuxer. It is always named, so that the bytes cannot choose one themselves. */
  demuxer: string;
  /** The `audio-decode` codec that serves where there is no ffmpeg. */
  wasm?: string;
  /** ISO media: the index may sit behind the sound, see `fast-start.ts`. */
  movable?: true;
}

const iso = (name: string): MediaFormat => ({ name, demuxer: 'mov', wasm: 'm4a', movable: true });

/** Every format hark reads, by the extension under which `file-type` knows it. */
export const FORMATS: Readonly<Record<string, MediaFormat>> = {
  opus: { name: 'ogg/opus', demuxer: 'ogg', wasm: 'opus' },
  ogg: { name: 'ogg/vorbis', demuxer: 'ogg', wasm: 'oga' },
  oga: { name: 'ogg/flac', demuxer: 'ogg' },
  spx: { name: 'ogg/speex', demuxer: 'ogg' },
  ogv: { name: 'ogg/video', demuxer: 'ogg' },
  ogm: { name: 'ogg/video', demuxer: 'ogg' },
  ogx: { name: 'ogg', demuxer: 'ogg' },
  wav: { name: 'wav', demuxer: 'wav', wasm: 'wav' },
  rf64: { name: 'wav64', demuxer: 'wav' },
  mp3: { name: 'mp3', demuxer: 'mp3', wasm: 'mp3' },
  mp2: { name: 'mp2', demuxer: 'mp3' },
  mp1: { name: 'mp1', demuxer: 'mp3' },
  aac: { name: 'aac', demuxer: 'aac', wasm: 'aac' },
  flac: { name: 'flac', demuxer: 'flac', wasm: 'flac' },
  mp4: iso('mp4'),
  m4a: iso('m4a'),
  m4b: iso('m4a'),
  m4p: iso('mp4'),
  m4v: iso('mp4'),
  f4a: iso('m4a'),
  f4b: iso('m4a'),
  f4p: iso('mp4'),
  f4v: iso('mp4'),
  mov: iso('mov'),
  '3gp': iso('3gp'),
  '3g2': iso('3gp'),
  webm: { name: 'webm', demuxer: 'matroska', wasm: 'webm' },
  mkv: { name: 'mkv', demuxer: 'matroska', wasm: 'mkv' },
  amr: { name: 'amr', demuxer: 'amr', wasm: 'amr' },
  aif: { name: 'aiff', demuxer: 'aiff', wasm: 'aiff' },
  caf: { name: 'caf', demuxer: 'caf', wasm: 'caf' },
  asf: { name: 'wma', demuxer: 'asf', wasm: 'wma' },
  avi: { name: 'avi', demuxer: 'avi', wasm: 'avi' },
  flv: { name: 'flv', demuxer: 'flv' },
  mts: { name: 'mpeg-ts', demuxer: 'mpegts' },
  ps: { name: 'mpeg', demuxer: 'mpeg' },
  mpg: { name: 'mpeg', demuxer: 'mpeg' },
  ac3: { name: 'ac3', demuxer: 'ac3' },
  ape: { name: 'ape', demuxer: 'ape' },
  wv: { name: 'wavpack', demuxer: 'wv', wasm: 'wv' },
};
