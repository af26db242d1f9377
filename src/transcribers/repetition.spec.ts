import { repeatsItself } from './repetition';

describe('repetition', () => {
  it.each([
    'Thank you. Thank you. Thank you. Thank you. Thank you.',
    'and then and then and then and then and then I went',
    'la la la la la la',
    'Please like and subscribe to the channel. '.repeat(6),
  ])('is found in "%s"', (text) => expect(repeatsItself(text)).toBe(true));

  it.each([
    '',
    'No, no, no.',
    'The code is two two two two.'.replace(' two', ''),
    'Hello Peter, please bring three black tickets. Where are the white keys? The meeting is on Monday at eleven.',
    'We meet at the station. We meet at the station.',
  ])('is not found in "%s"', (text) => expect(repeatsItself(text)).toBe(false));
});
