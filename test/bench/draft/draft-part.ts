import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StockSize } from '../../support/inflate-model';
import { BenchPart } from '../bench-part';
import { modelOf } from '../models';
import { ComposedNote, composeNote } from '../notes/composed-note';
import { sentenceClips } from '../notes/note-clips';
import { DraftPair, DraftResult, draftResult, draftRow } from './draft-result';
import { DraftSide } from './draft-side';

const DRAFT: StockSize = 'tiny';
const LENGTHS = [2, 5, 10, 20];
/** Longer ones get no draft. */
const MOST_SECONDS = 110;
/** In turn: what is right for one note only is no result. */
const NOTES_OF_A_LENGTH = 4;

/** The instant draft: when there is something to read in a chat, with it and without, and what it costs. */
export const draftPart: BenchPart<DraftResult> = {
  keyOf: ({ model, draft, seconds }) => [model, draft, seconds].join(),
  rowOf: draftRow,
  async run(options, told) {
    const folder = await mkdtemp(join(tmpdir(), 'hark-bench-'));
    try {
      const model = options.models?.[0] ?? 'base';
      const path = await modelOf(model);
      await using without = await DraftSide.open(path);
      await using drafting = await DraftSide.open(path, await modelOf(DRAFT));
      const clips = sentenceClips();
      for (const seconds of (options.lengths ?? LENGTHS).filter((each) => each <= MOST_SECONDS)) {
        const notes: ComposedNote[] = [];
        for (let n = 0; n < NOTES_OF_A_LENGTH; n++) notes.push(await composeNote(clips, seconds, n, folder));
        const noteOf = (index: number): string => notes[index % notes.length]?.ogg ?? '';
        await without.warmUp(noteOf(0), false);
        await drafting.warmUp(noteOf(0), true);
        const pairs: DraftPair[] = [];
        for (let index = 0; index < options.pairs; index++) {
          const pair = await pairOf(without, drafting, noteOf(index), index % 2 === 0);
          console.log(pairText(model, seconds, index, pair));
          pairs.push(pair);
        }
        await told(draftResult({ model, draft: DRAFT, seconds }, pairs));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function pairOf(
  without: DraftSide,
  drafting: DraftSide,
  file: string,
  withoutFirst: boolean,
): Promise<DraftPair> {
  if (withoutFirst) return { without: await without.ask(file), with: await drafting.ask(file) };
  const drafted = await drafting.ask(file);
  return { without: await without.ask(file), with: drafted };
}

function pairText(model: StockSize, seconds: number, index: number, pair: DraftPair): string {
  const [first, final, plain] = [pair.with.firstMs, pair.with.finalMs, pair.without.finalMs].map(
    (ms) => `${(ms / 1_000).toFixed(2)} s`,
  );
  return `${model}, ${seconds} s, pair ${index + 1}: draft ${first}, final ${final}, without draft ${plain}`;
}
