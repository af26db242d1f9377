import { readPosition, writePosition } from './event-position';

describe('positions', () => {
  it.each([undefined, '', '1', '1-', '-1-2', '1-2-3', '1-2-endless', '9999999-1', '١-٢', "1-2';--"])(
    'that were not made here count for nothing: %s',
    (id) => expect(readPosition(id)).toBeUndefined(),
  );

  it('are read as they were written', () => {
    for (const ended of [true, false]) {
      const position = { attempt: 3, segments: 17, ended };
      expect(readPosition(writePosition(position))).toEqual(position);
    }
  });
});
