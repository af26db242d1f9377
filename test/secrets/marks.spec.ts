import { Marks } from './marks';

describe('a secret', () => {
  const marks = new Marks();
  const secret = marks.make('a password', (mark) => `p/ä"${mark}`);
  const mark = secret.slice(4);

  it.each([
    ['as it is', (text: string) => text],
    ['within other text', (text: string) => `redis://user:${text}@host`],
    ['in base64', (text: string) => Buffer.from(text).toString('base64')],
    ['in base64 for addresses', (text: string) => Buffer.from(text).toString('base64url')],
    ['in hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
  ])('is found %s', (_how, written) => {
    expect(marks.in('somewhere', Buffer.from(written(mark)))).toEqual(['a password']);
  });

  it('is not found where it is not, or where it has to be', () => {
    expect(marks.in('somewhere', Buffer.from(mark.slice(1)))).toEqual([]);
    const kept = new Marks();
    const link = kept.make('a link', undefined, /^data/);
    expect(kept.in('data/hark.sqlite', Buffer.from(link))).toEqual([]);
    expect(kept.in('output', Buffer.from(link))).toEqual(['a link']);
  });
});
