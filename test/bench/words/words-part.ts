import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { physicalCores } from '../../../src/settings/physical-cores';
import { wavOf } from '../../../src/transcribers/wav';
import { DEMO_PATH } from '../../../src/transcribers/whisper-cpp/models/bundled-model';
import { audioPath, NOTES, samplesOf } from '../../support/notes';
import { whisperCli } from '../../support/whisper-cli';
import { BenchPart } from '../bench-part';
import { askWhisperCli } from '../notes/whisper-cli';
import { HarkWords } from './hark-words';
import { spokenNotes } from './spoken-notes';
import { WordCount, wordCount } from './word-count';

/** What is said in a recording, as hark gets it, and its sound as whisper-cli does. */
interface Recording {
  text: string;
  file: Buffer;
  samples: Int16Array;
}

/** One set of notes, heard by both. */
export interface WordsResult {
  set: 'sample notes' | 'spoken notes';
  notes: number;
  words: number;
  hark: WordCount;
  whisperCli: WordCount;
}

const SEED = 1;

/**
 * Whether hark's hurry costs words: the demonstration model, which knows these words, hears the sample notes and notes
 * that espeak-ng speaks, once as hark asks it, with all that is before and after, and once as whisper-cli does by default.
 */
export const wordsPart: BenchPart<WordsResult> = {
  keyOf: ({ set, notes }) => [set, notes].join(),
  rowOf: ({ set, notes, words, hark, whisperCli }) => ({
    set,
    notes,
    words,
    'hark, word errors': `${hark.errorRate} %`,
    'whisper-cli, word errors': `${whisperCli.errorRate} %`,
    'notes with errors': `${hark.notes} : ${whisperCli.notes}`,
  }),
  async run({ spoken }, told) {
    await told(await compare('sample notes', await sampleRecordings()));
    await told(await compare('spoken notes', spokenRecordings(spoken)));
  },
};

async function sampleRecordings(): Promise<Recording[]> {
  const files = NOTES.map(async ({ file, text }) => {
    return { text, file: await readFile(audioPath(file)), samples: samplesOf(file) };
  });
  return Promise.all(files);
}

function spokenRecordings(count: number): Recording[] {
  return spokenNotes(count, SEED).map(({ text, samples }) => {
    return { text, samples, file: Buffer.from(wavOf(samples)) };
  });
}

async function compare(set: WordsResult['set'], recordings: readonly Recording[]): Promise<WordsResult> {
  const program = await whisperCli();
  const folder = await mkdtemp(join(tmpdir(), 'hark-words-'));
  const hark = new HarkWords('demo');
  const heard = { hark: [] as string[], whisperCli: [] as string[] };
  try {
    const wav = join(folder, 'note.wav');
    const command = { program, model: DEMO_PATH, threads: physicalCores(), wav };
    for (const { file, samples } of recordings) {
      heard.hark.push(await hark.heard(file));
      await writeFile(wav, wavOf(samples));
      heard.whisperCli.push((await askWhisperCli(command)).text);
    }
  } finally {
    await hark.close();
    await rm(folder, { recursive: true, force: true });
  }
  const truths = recordings.map(({ text }) => text);
  const ours = wordCount(truths, heard.hark);
  const theirs = wordCount(truths, heard.whisperCli);
  return { set, notes: truths.length, words: ours.words, hark: ours, whisperCli: theirs };
}
