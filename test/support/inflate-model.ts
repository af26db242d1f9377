import { GgmlModel, Tensor } from './ggml-model';

/** Width and layers of Whisper's stock models. */
const SIZES = {
  tiny: { width: 384, layers: 4 },
  base: { width: 512, layers: 6 },
  small: { width: 768, layers: 12 },
} as const;
export type StockSize = keyof typeof SIZES;

/**
 * Blows a small model up to the size, and so to the cost, of a stock one without a change in what it says.
 *
 * Every activation becomes `copies` copies of itself, one after the other. That is kept up by each layer: a norm of a
 * repeated vector is the repeated norm; a matrix that is laid out `copies` × `copies` times and divided by `copies` takes
 * a repeated vector to a repeated vector; attention heads of the same width are copies of the first ones. Layers beyond
 * those of the small model do all the work of a layer and then add zero.
 */
export function inflate(model: GgmlModel, size: StockSize): GgmlModel {
  const { width, layers } = SIZES[size];
  const copies = width / model.header.audioState;
  if (!Number.isInteger(copies)) {
    throw new Error(`${width} is no multiple of the model's width ${model.header.audioState}`);
  }
  const wide = new Map([...model.tensors].map(([name, tensor]) => [name, widen(name, tensor, copies)]));
  addIdleLayers(wide, 'encoder', model.header.audioLayers, layers);
  addIdleLayers(wide, 'decoder', model.header.textLayers, layers);
  const header = {
    ...model.header,
    audioState: width,
    audioHeads: model.header.audioHeads * copies,
    audioLayers: layers,
    textState: width,
    textHeads: model.header.textHeads * copies,
    textLayers: layers,
  };
  return { header, preamble: model.preamble, tensors: wide };
}

function widen(name: string, tensor: Tensor, copies: number): Tensor {
  const [first = 1, second = 1, third = 1] = tensor.shape;
  // ggml names the fastest dimension first.
  if (name.includes('conv')) {
    return tensor.shape.length === 3
      ? widenConvolution(tensor, first, second, third, second === third ? copies : 1, copies)
      : tiled(tensor, { columns: 1, rows: tensor.data.length, rowCopies: copies });
  }
  if (name.includes('embedding'))
    return tiled(tensor, { columns: first, rows: second, columnCopies: copies });
  if (tensor.shape.length === 2) {
    const both = { columnCopies: copies, rowCopies: copies, factor: 1 / copies };
    return tiled(tensor, { columns: first, rows: second, ...both });
  }
  // The last norm feeds the vocabulary, where every copy is added up.
  const factor = name.startsWith('decoder.ln.') ? 1 / copies : 1;
  return tiled(tensor, { columns: first, rows: 1, columnCopies: copies, factor });
}

interface Tiling {
  columns: number;
  rows: number;
  columnCopies?: number;
  rowCopies?: number;
  factor?: number;
}

/** The matrix beside and below itself. */
function tiled({ shape, data }: Tensor, tiling: Tiling): Tensor {
  const { columns, rows, columnCopies = 1, rowCopies = 1, factor = 1 } = tiling;
  const wide = columns * columnCopies;
  const out = new Float32Array(wide * rows * rowCopies);
  for (let row = 0; row < rows * rowCopies; row++) {
    const line = data.subarray((row % rows) * columns, ((row % rows) + 1) * columns).map((v) => v * factor);
    for (let copy = 0; copy < columnCopies; copy++) out.set(line, row * wide + copy * columns);
  }
  return { shape: shape.length === 1 ? [wide * rows * rowCopies] : [wide, rows * rowCopies], data: out };
}

/** A kernel of [taps, inputs, outputs]; `inputCopies` is 1 for the layer that sees the sound itself. */
function widenConvolution(
  { data }: Tensor,
  taps: number,
  inputs: number,
  outputs: number,
  inputCopies: number,
  outputCopies: number,
): Tensor {
  const wideIn = inputs * inputCopies;
  const out = new Float32Array(taps * wideIn * outputs * outputCopies);
  for (let output = 0; output < outputs * outputCopies; output++) {
    for (let input = 0; input < wideIn; input++) {
      const from = ((output % outputs) * inputs + (input % inputs)) * taps;
      const kernel = data.subarray(from, from + taps).map((value) => value / inputCopies);
      out.set(kernel, (output * wideIn + input) * taps);
    }
  }
  return { shape: [taps, wideIn, outputs * outputCopies], data: out };
}

/** Copies of the first layer whose contributions, which are added to what comes in, are zero. */
function addIdleLayers(
  tensors: Map<string, Tensor>,
  part: 'encoder' | 'decoder',
  have: number,
  want: number,
): void {
  const prefix = `${part}.blocks.0.`;
  const first = [...tensors].filter(([name]) => name.startsWith(prefix));
  for (let layer = have; layer < want; layer++) {
    for (const [name, { shape, data }] of first) {
      const adds = /(attn\.out|mlp\.2)\.(weight|bias)$/.test(name);
      const copy = { shape, data: adds ? new Float32Array(data.length) : data };
      tensors.set(name.replace(prefix, `${part}.blocks.${layer}.`), copy);
    }
  }
}
