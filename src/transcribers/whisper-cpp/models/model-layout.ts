import { FileHandle, open } from 'node:fs/promises';
import { HarkError } from '../../../core/errors';

/** `ggml` in the byte order of the file. */
const MAGIC = 0x67676d6c;
const HEADER_INTS = 11;
const WINDOW_BYTES = 32 * 1024;
/** Bytes and elements of a block, by ggml's number of the type (ggml.h and ggml-common.h of whisper.cpp 1.9.1). */
const BLOCKS: Record<number, [bytes: number, elements: number]> = {
  0: [4, 1], // F32
  1: [2, 1], // F16
  2: [18, 32], // Q4_0
  3: [20, 32], // Q4_1
  6: [22, 32], // Q5_0
  7: [24, 32], // Q5_1
  8: [34, 32], // Q8_0
  10: [84, 256], // Q2_K
  11: [110, 256], // Q3_K
  12: [144, 256], // Q4_K
  13: [176, 256], // Q5_K
  14: [210, 256], // Q6_K
  30: [2, 1], // BF16
};

/**
 * Walks through a ggml model file without reading its weights. A garbled file would make the engine abort, and of a
 * truncated one it would take whatever it finds for weights.
 *
 * @throws HarkError `model_corrupt` when the file is no whisper.cpp model or does not end where its last tensor does
 */
export async function checkModelLayout(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const walk = new Walk(file, size);
    if ((await walk.ints(1))[0] !== MAGIC) throw corrupt('it is no ggml model');
    await walk.ints(HEADER_INTS);
    await walk.skipFilters();
    await walk.skipVocabulary();
    while (!walk.atEnd) if (!(await walk.skipTensor())) return;
  } finally {
    await file.close();
  }
}

class Walk {
  private at = 0;
  /** What has been read ahead: the vocabulary alone is 50,000 small things. */
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private windowStart = 0;
  private windowEnd = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly size: number,
  ) {}

  get atEnd(): boolean {
    return this.at === this.size;
  }

  async ints(count: number): Promise<number[]> {
    if (!this.has(count)) await this.readAhead();
    return Array.from({ length: count }, () => this.int());
  }

  async skipFilters(): Promise<void> {
    const [mels = 0, bins = 0] = await this.ints(2);
    this.skip(mels * bins * 4);
  }

  async skipVocabulary(): Promise<void> {
    const [words = 0] = await this.ints(1);
    if (words < 0 || words > 1e6) throw corrupt('its vocabulary makes no sense');
    for (let word = 0; word < words; word++) {
      if (!this.has(1)) await this.readAhead();
      this.skip(this.int());
    }
  }

  /** False for a type that is not known here: the engine has to tell then. */
  async skipTensor(): Promise<boolean> {
    const [dimensions = 0, nameLength = 0, type = -1] = await this.ints(3);
    if (dimensions < 1 || dimensions > 4) throw corrupt('it is garbled');
    const elements = (await this.ints(dimensions)).reduce((product, length) => product * length, 1);
    const block = BLOCKS[type];
    if (!block) return false;
    this.skip(nameLength + (elements / block[1]) * block[0]);
    return true;
  }

  private has(ints: number): boolean {
    return this.at >= this.windowStart && this.at + ints * 4 <= this.windowEnd;
  }

  private async readAhead(): Promise<void> {
    const { bytesRead } = await this.file.read(this.window, 0, WINDOW_BYTES, this.at);
    this.windowStart = this.at;
    this.windowEnd = this.at + bytesRead;
  }

  private int(): number {
    const from = this.at;
    this.skip(4);
    return this.window.readInt32LE(from - this.windowStart);
  }

  private skip(bytes: number): void {
    if (!Number.isInteger(bytes) || bytes < 0) throw corrupt('it is garbled');
    this.at += bytes;
    if (this.at > this.size) throw corrupt('it is shorter than it should be');
  }
}

function corrupt(why: string): HarkError {
  return new HarkError('model_corrupt', `The model file cannot be used: ${why}.`);
}
