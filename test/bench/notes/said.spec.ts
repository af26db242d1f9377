import { wordErrors } from './said';

describe('word errors', () => {
  it.each([
    ['Hello Peter, bring flowers.', 'hello peter bring flowers', 0],
    ['Hello Peter bring the flowers', 'Hello Peter bring flowers', 1],
    ['Hello bring showers', 'Hello Peter bring flowers', 2],
    ['', 'one two', 2],
  ])('of %j against %j are %d', (text, truth, errors) => expect(wordErrors(text, truth)).toBe(errors));
});
