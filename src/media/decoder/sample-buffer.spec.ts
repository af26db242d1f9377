import { SampleBuffer } from './sample-buffer';

describe('A buffer of samples', () => {
  it('gives out what was put in, in order, and each sample once', () => {
    const buffer = new SampleBuffer();
    const part = new Float32Array(7_000);
    const heard: number[] = [];
    for (let round = 0; round < 4; round++) {
      // one array for all parts, as a codec has it
      for (let i = 0; i <= round; i++) buffer.add(part.fill(10 * round + i));
      heard.push(...buffer.take().filter((_, at) => at % part.length === 6_999));
    }
    expect(heard).toEqual([0, 10, 11, 20, 21, 22, 30, 31, 32, 33]);
    expect(buffer.take()).toHaveLength(0);
  });

  it('does not change what it has given out', () => {
    const buffer = new SampleBuffer();
    buffer.add(Float32Array.of(1, 2));
    const first = buffer.take();
    buffer.add(Float32Array.of(3));
    expect([...first, ...buffer.take()]).toEqual([1, 2, 3]);
  });
});
