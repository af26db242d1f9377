import { Random } from './random';

/** Larger files are cut: what breaks a decoder stands at the beginning, and many are to be tried. */
const MOST_BYTES = 1024 * 1024;
/** Lengths and counts that programs stumble over. */
const NUMBERS = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

type Mutation = (file: Buffer, random: Random, other: () => Buffer) => Buffer;

/** A stretch of the file: mostly short, mostly near the beginning, where the headers are. */
function stretch(file: Buffer, random: Random): [from: number, to: number] {
  const reach = random.chance(0.5) ? Math.min(file.length, 2_048) : file.length;
  const from = random.below(reach + 1);
  const length = 1 + random.below(random.chance(0.8) ? 64 : Math.max(1, file.length - from));
  return [from, Math.min(file.length, from + length)];
}

function changed(file: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(file);
  if (copy.length > 0) change(copy);
  return copy;
}

const MUTATIONS: readonly Mutation[] = [
  // bits
  (file, random) =>
    changed(file, (copy) => {
      for (let i = 1 + random.below(16); i > 0; i--) {
        const [at] = stretch(copy, random);
        if (at < copy.length) copy[at]! ^= 1 << random.below(8);
      }
    }),
  // bytes
  (file, random) =>
    changed(file, (copy) => {
      const [from, to] = stretch(copy, random);
      random.bytes(to - from).copy(copy, from);
    }),
  // numbers, in both orders
  (file, random) =>
    changed(file, (copy) => {
      const number = random.pick(NUMBERS);
      const bytes = random.pick([1, 2, 4]);
      const [at] = stretch(copy, random);
      if (at + bytes > copy.length) return;
      const value = number % 2 ** (8 * bytes);
      if (random.chance(0.5)) copy.writeUIntLE(value, at, bytes);
      else copy.writeUIntBE(value, at, bytes);
    }),
  // all the same
  (file, random) =>
    changed(file, (copy) => {
      const [from, to] = stretch(copy, random);
      copy.fill(random.pick([0, 0xff, 0x20]), from, to);
    }),
  // a part is missing
  (file, random) => {
    const [from, to] = stretch(file, random);
    return Buffer.concat([file.subarray(0, from), file.subarray(to)]);
  },
  // the end is missing
  (file, random) => file.subarray(0, random.below(file.length + 1)),
  // a part comes again, and again
  (file, random) => {
    const [from, to] = stretch(file, random);
    const part = file.subarray(from, to);
    const times = Math.min(1 + random.below(200), Math.ceil(MOST_BYTES / Math.max(1, part.length)));
    return Buffer.concat([file.subarray(0, to), ...new Array<Buffer>(times).fill(part), file.subarray(to)]);
  },
  // a part stands elsewhere
  (file, random) => {
    const [from, to] = stretch(file, random);
    const rest = Buffer.concat([file.subarray(0, from), file.subarray(to)]);
    const at = random.below(rest.length + 1);
    return Buffer.concat([rest.subarray(0, at), file.subarray(from, to), rest.subarray(at)]);
  },
  // something is put in
  (file, random) => {
    const [at] = stretch(file, random);
    const more = random.bytes(random.chance(0.9) ? random.below(64) : random.below(20_000));
    return Buffer.concat([file.subarray(0, at), more, file.subarray(at)]);
  },
  // the beginning of one and the end of another
  (file, random, other) => {
    const second = other();
    return Buffer.concat([
      file.subarray(0, stretch(file, random)[1]),
      second.subarray(stretch(second, random)[0]),
    ]);
  },
  // one after the other
  (file, _random, other) => Buffer.concat([file, other()]),
];

/** A file changed in a few ways. */
export function mutated(file: Buffer, random: Random, other: () => Buffer): Buffer {
  let result = file;
  for (let more = true; more; more = random.chance(0.5)) {
    result = random.pick(MUTATIONS)(result, random, other).subarray(0, MOST_BYTES);
  }
  return result;
}
