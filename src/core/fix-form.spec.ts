import { Answer } from './answer';
import { fixForm } from './fix-form';
import { TranscriptionJob } from './job';
import { Segment, textOf } from './transcript';

const LIMITS = { fieldCharacters: 100, fields: 4 };
const ANNA = { id: 'anna' };

function spoken(count: number, length: number): Segment[] {
  return Array.from({ length: count }, (_, index) => ({
    start: index,
    end: index + 1,
    text: `${index}`.padEnd(length, 'x'),
    confidence: 1,
  }));
}

function answer(
  ...of: { segments: Segment[]; author?: string; status?: TranscriptionJob['status'] }[]
): Answer {
  const parts = of.map(({ segments, author = 'anna', status = 'done' }, position) => ({
    job: {
      id: `job-${position}`,
      status,
      position,
      author: { id: author },
      requester: { id: 'ben' },
    } as TranscriptionJob,
    transcript: { text: textOf(segments), languageDetected: false, segments, seconds: segments.length },
  }));
  return { id: 'a', address: { platform: 'discord' }, parts, createdAt: new Date() };
}

describe('the form in which a text is corrected', () => {
  it('has one field for a text that fits, and as many as it takes for others; no segment is cut', () => {
    const whole = answer({ segments: spoken(4, 20) });
    expect(fixForm(whole, ANNA, LIMITS).fields.map(({ from, to, start }) => [from, to, start])).toEqual([
      [0, 4, 0],
    ]);
    const long = answer({ segments: spoken(10, 29) });
    const { fields } = fixForm(long, ANNA, LIMITS);
    expect(fields.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
      [9, 10],
    ]);
    expect(fields.map(({ text }) => text).join(' ')).toBe(long.parts[0]?.transcript?.text);
    expect(fields.every(({ text }) => text.length <= LIMITS.fieldCharacters)).toBe(true);
  });

  it('is refused where there is no room, and to everybody who neither spoke nor asked', () => {
    for (const segments of [spoken(50, 29), spoken(1, 101)])
      expect(() => fixForm(answer({ segments }), ANNA, LIMITS)).toThrow('fix_too_long');
    const short = answer({ segments: spoken(1, 9) });
    expect(() => fixForm(short, { id: 'carol' }, LIMITS)).toThrow('fix_not_allowed');
    expect(fixForm(short, { id: 'ben' }, LIMITS).fields).toHaveLength(1);
    expect(() => fixForm(answer({ segments: [] }), ANNA, LIMITS)).toThrow('fix_not_allowed');
  });

  it('has the recordings that are one’s own and have been read, and another stamp when a text changes', () => {
    const two = answer(
      { segments: spoken(1, 9) },
      { segments: spoken(1, 8), author: 'carol' },
      { segments: spoken(1, 7), status: 'running' },
    );
    const form = fixForm(two, ANNA, LIMITS);
    expect(form.fields.map(({ jobId }) => jobId)).toEqual(['job-0']);
    expect(fixForm(two, ANNA, LIMITS).stamp).toBe(form.stamp);
    expect(fixForm(answer({ segments: spoken(1, 10) }), ANNA, LIMITS).stamp).not.toBe(form.stamp);
  });
});
