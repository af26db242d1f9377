import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brokenMedia, made, noteBytes, silentFilm } from '../support/broken-media';

const AUDIO = join(__dirname, '../support/audio');
/** One of each kind that hark reads and that no note is of: demuxer and codec both. */
const KINDS: readonly (readonly [name: string, ...options: string[]])[] = [
  ['vorbis.ogg', '-c:a', 'libvorbis'],
  ['flac.oga', '-c:a', 'flac'],
  ['speex.spx', '-c:a', 'libspeex', '-ar', '16000'],
  ['surround.opus', '-ac', '6', '-c:a', 'libopus'],
  ['alac.m4a', '-c:a', 'alac'],
  ['fragments.mp4', '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov'],
  ['note.mov', '-c:a', 'pcm_s16be'],
  ['note.3gp', '-c:a', 'aac'],
  ['note.mkv', '-c:a', 'ac3'],
  ['note.aac'],
  ['note.mp2'],
  ['note.ac3'],
  ['note.aiff'],
  ['note.caf', '-c:a', 'adpcm_ima_qt'],
  ['note.wma'],
  ['note.avi', '-c:a', 'mp3'],
  ['note.flv', '-ar', '44100'],
  ['note.ts'],
  ['note.mpg'],
  ['note.wv'],
  ['alaw.wav', '-c:a', 'pcm_alaw'],
  ['adpcm.wav', '-c:a', 'adpcm_ms'],
  ['float.wav', '-c:a', 'pcm_f64le', '-ac', '2'],
  ['large.wav', '-rf64', 'always'],
];

export interface Seed {
  name: string;
  bytes: Buffer;
}

/** What is mutated: notes, a file of every kind, films, and what is broken already. */
export function corpus(): Seed[] {
  const notes = readdirSync(AUDIO).filter((name) => name !== 'manifest.json');
  const source = ['-t', '2', '-i', join(AUDIO, '01-en.ogg')];
  return [
    ...notes.map((name) => ({ name, bytes: noteBytes(name) })),
    ...KINDS.map(([name, ...options]) => ({ name, bytes: made(name, ...source, ...options) })),
    { name: 'film.mp4', bytes: silentFilm('film.mp4') },
    { name: 'film.webm', bytes: silentFilm('film.webm') },
    ...brokenMedia().map(({ name, bytes }) => ({ name, bytes })),
  ];
}
