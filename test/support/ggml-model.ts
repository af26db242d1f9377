// Jest's sandbox looks every global up anew, which makes loops over millions of numbers a hundred times slower.
const { abs, floor, log2, max, min, round } = Math;

/** A tensor's numbers, whatever form they have in the file. `shape` names the fastest dimension first. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

const HEADER = [
  'vocabulary',
  'audioContext',
  'audioState',
  'audioHeads',
  'audioLayers',
  'textContext',
  'textState',
  'textHeads',
  'textLayers',
  'mels',
  'fileType',
] as const;

/** A whisper.cpp model in memory. */
export interface GgmlModel {
  header: Record<(typeof HEADER)[number], number>;
  /** Filters and vocabulary, as they are in the file. */
  preamble: Buffer;
  tensors: Map<string, Tensor>;
}

/** How the weights are stored. */
export type Precision = 'f16' | 'q8_0';

const MAGIC = 0x67676d6c;
const [F32, F16, Q8_0] = [0, 1, 8];
const BLOCK = 32;
/** ggml's numbers of whole files: mostly F16, and mostly Q8_0 in the second version of its quantisation. */
const FILE_TYPES: Record<Precision, number> = { f16: 1, q8_0: 2007 };

export function readGgml(file: Buffer): GgmlModel {
  if (file.readUInt32LE(0) !== MAGIC) throw new Error('This is no ggml model file');
  let at = 4;
  const int = () => file.readInt32LE((at += 4) - 4);
  const header = Object.fromEntries(HEADER.map((name) => [name, int()])) as GgmlModel['header'];
  const preambleStart = at;
  const [mels, bins] = [int(), int()];
  at += mels * bins * 4;
  for (let words = int(); words > 0; words--) at += file.readInt32LE(at) + 4;
  const preamble = file.subarray(preambleStart, at);

  const tensors: GgmlModel['tensors'] = new Map();
  while (at < file.length) {
    const [dimensions, nameLength, type] = [int(), int(), int()];
    const shape = Array.from({ length: dimensions }, int);
    const name = file.toString('utf8', at, (at += nameLength));
    const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
    at += readNumbers(file.subarray(at), type, data);
    tensors.set(name, { shape, data });
  }
  return { header, preamble, tensors };
}

/** The number of bytes read. */
function readNumbers(from: Buffer, type: number, into: Float32Array): number {
  if (type === F32) {
    for (let i = 0; i < into.length; i++) into[i] = from.readFloatLE(i * 4);
    return into.length * 4;
  }
  if (type === F16) {
    for (let i = 0; i < into.length; i++) into[i] = halfToNumber(from.readUInt16LE(i * 2));
    return into.length * 2;
  }
  if (type !== Q8_0) throw new Error(`Numbers of type ${type} cannot be read`);
  const blockBytes = 2 + BLOCK;
  for (let i = 0; i < into.length; i++) {
    const block = floor(i / BLOCK) * blockBytes;
    into[i] = halfToNumber(from.readUInt16LE(block)) * from.readInt8(block + 2 + (i % BLOCK));
  }
  return (into.length / BLOCK) * blockBytes;
}

export function writeGgml({ header, preamble, tensors }: GgmlModel, precision: Precision): Buffer {
  const numbers = { ...header, fileType: FILE_TYPES[precision] };
  const parts = [ints([MAGIC, ...HEADER.map((name) => numbers[name])]), preamble];
  for (const [name, { shape, data }] of tensors) {
    const type = typeOf(name, shape, precision);
    parts.push(ints([shape.length, Buffer.byteLength(name), type, ...shape]), Buffer.from(name));
    parts.push(type === F32 ? Buffer.from(data.buffer) : type === F16 ? halves(data) : quantised(data));
  }
  return Buffer.concat(parts);
}

/** As the stock models have it: only matrices are made smaller, and convolutions are never quantised. */
function typeOf(name: string, shape: readonly number[], precision: Precision): number {
  if (shape.length < 2 || name.includes('positional') || name.endsWith('.bias')) return F32;
  return shape.length === 3 || precision === 'f16' ? F16 : Q8_0;
}

function ints(values: readonly number[]): Buffer {
  return Buffer.from(Int32Array.from(values).buffer);
}

function halves(data: Float32Array): Buffer {
  return Buffer.from(Uint16Array.from(data, numberToHalf).buffer);
}

/** 32 numbers at a time: a scale, and how many times of it each number is. */
function quantised(data: Float32Array): Buffer {
  const out = Buffer.alloc((data.length / BLOCK) * (2 + BLOCK));
  for (let from = 0, at = 0; from < data.length; from += BLOCK) {
    const block = data.subarray(from, from + BLOCK);
    const largest = block.reduce((most, value) => max(most, abs(value)), 0);
    const stored = numberToHalf(largest / 127);
    const scale = halfToNumber(stored);
    at = out.writeUInt16LE(stored, at);
    for (const value of block) {
      const times = scale === 0 ? 0 : round(value / scale);
      at = out.writeInt8(max(-127, min(127, times)), at);
    }
  }
  return out;
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = (half & 0x3ff) / 1024;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** To the nearest; what is too large becomes the largest. */
function numberToHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = abs(value);
  if (size >= 65_504) return sign | 0x7bff;
  const exponent = max(-14, floor(log2(size)));
  const steps = round((size / 2 ** exponent) * 1024);
  // Below the smallest exponent there is no implied one; a carry moves on to the next exponent by itself.
  return sign | (size < 2 ** -14 ? steps : ((exponent + 15) << 10) + (steps - 1024));
}
