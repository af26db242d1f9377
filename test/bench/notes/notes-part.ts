import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { physicalCores } from '../../../src/settings/physical-cores';
import { StockSize } from '../../support/inflate-model';
import { whisperCli } from '../../support/whisper-cli';
import { BenchOptions } from '../bench-options';
import { BenchPart, Told } from '../bench-part';
import { modelOf } from '../models';
import { ComposedNote, composeNote } from './composed-note';
import { askHark, startHark } from './hark-side';
import { busyCore } from './busy-core';
import { sentenceClips } from './note-clips';
import { Case, isLong, plannedCases } from './notes-plan';
import { NotesResult, notesRow, Pair, resultOf } from './notes-result';
import { meet } from './speaker';
import { askWhisperCli } from './whisper-cli';

/** Different notes of a length, in turn: what is right for one of them only is no result. */
const NOTES_OF_A_LENGTH = 4;
/** One that long has enough in it. A short one warms up for it. */
const LONG_NOTES = 1;
const WARM_UP_SECONDS = 10;

export const notesPart: BenchPart<NotesResult> = {
  keyOf: ({ model, seconds, variant }) => [model, seconds, variant].join(),
  rowOf: notesRow,
  async run(options, told) {
    await using bench = await NotesBench.open();
    await bench.run(options, told);
  },
};

/** hark from the file to the text, against whisper-cli as people run it, in pairs that take turns in who is first. */
class NotesBench implements AsyncDisposable {
  private readonly notes = new Map<number, ComposedNote[]>();
  private readonly clips = sentenceClips();

  private constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  static async open(): Promise<NotesBench> {
    return new NotesBench(await whisperCli(), await mkdtemp(join(tmpdir(), 'hark-bench-')));
  }

  async run(options: BenchOptions, told: Told<NotesResult>): Promise<void> {
    const cases = Map.groupBy(plannedCases(options), ({ model }) => model);
    for (const [size, those] of cases) await this.measureModel(size, those, told);
  }

  private async measureModel(size: StockSize, cases: Case[], told: Told<NotesResult>): Promise<void> {
    const model = await modelOf(size);
    await using hark = await startHark(model);
    const pairOf = async ({ variant }: Case, note: ComposedNote, harkFirst: boolean): Promise<Pair> => {
      const ours = () => askHark(hark, note.ogg);
      await meet(hark, variant, note);
      const theirs = () =>
        askWhisperCli({ program: this.program, model, threads: physicalCores(), wav: note.wav });
      if (harkFirst) return { note, hark: await ours(), cli: await theirs() };
      const cli = await theirs();
      return { note, hark: await ours(), cli };
    };
    for (const one of cases) {
      await using _busy = one.variant === 'busy' ? busyCore() : undefined;
      const notes = await this.notesOf(one.seconds);
      const [warmUp] = isLong(one.seconds) ? await this.notesOf(WARM_UP_SECONDS) : notes;
      if (warmUp) await pairOf(one, warmUp, true);
      const pairs: Pair[] = [];
      for (let index = 0; index < one.pairs; index++) {
        const note = notes[index % notes.length] as ComposedNote;
        const pair = await pairOf(one, note, index % 2 === 0);
        console.log(pairText(one, index, pair));
        pairs.push(pair);
      }
      await told(resultOf(one, pairs));
    }
  }

  private async notesOf(seconds: number): Promise<ComposedNote[]> {
    const made = this.notes.get(seconds) ?? [];
    const count = isLong(seconds) ? LONG_NOTES : NOTES_OF_A_LENGTH;
    while (made.length < count) {
      made.push(await composeNote(this.clips, seconds, made.length, this.folder));
    }
    this.notes.set(seconds, made);
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function pairText({ model, seconds, variant }: Case, index: number, { hark, cli }: Pair): string {
  const ratio = (hark.milliseconds / cli.milliseconds).toFixed(3);
  const [ours, theirs] = [hark, cli].map(({ milliseconds }) => `${(milliseconds / 1000).toFixed(2)} s`);
  return `${model}, ${seconds} s, ${variant}, pair ${index + 1}: hark ${ours}, whisper-cli ${theirs}, × ${ratio}`;
}
