import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NOTES } from './notes';

const AUDIO = join(__dirname, 'audio');

const PAUSE_SECONDS = 1;

/** A recording made of sample notes with pauses between them. */
export interface LongRecording {
  path: string;
  /** The first of the notes, alone. */
  first: string;
  seconds: number;
  remove(): Promise<void>;
}

/** Repeats English sample notes until the recording has at least so many seconds. Ogg/Opus, as chats send it. */
export async function longRecording(seconds: number): Promise<LongRecording> {
  const notes = NOTES.filter(({ file, language }) => language === 'en' && file.endsWith('.ogg'));
  const folder = await mkdtemp(join(tmpdir(), 'hark-recording-'));
  const chosen: typeof notes = [];
  let length = 0;
  while (length < seconds) {
    const note = notes[chosen.length % notes.length];
    if (!note) throw new Error('there are no sample notes');
    chosen.push(note);
    length += note.seconds + PAUSE_SECONDS;
  }
  const list = join(folder, 'list.txt');
  const pause = join(folder, 'pause.ogg');
  const path = join(folder, 'recording.ogg');
  const opus = ['-ar', '48000', '-ac', '1', '-c:a', 'libopus', '-b:a', '24k'];
  const ffmpeg = (...args: string[]): Promise<unknown> =>
    promisify(execFile)('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...args]);
  await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', String(PAUSE_SECONDS), ...opus, pause);
  await writeFile(list, chosen.map(({ file }) => `file '${join(AUDIO, file)}'\nfile '${pause}'`).join('\n'));
  await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', path);
  return {
    path,
    first: join(AUDIO, chosen[0]?.file ?? ''),
    seconds: length,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
