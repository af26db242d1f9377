import { suggestedTerms } from './suggested-terms';
import { Segment } from './transcript';

const heard = (text: string): Segment[] => [{ start: 0, end: 9, text, confidence: 1, language: 'en' }];
const from = (before: string, after: string): string[] =>
  suggestedTerms(heard(before), after).map(({ term, insteadOf }) => `${insteadOf ?? ''} → ${term}`);

describe('what a correction suggests for the glossary', () => {
  it('are names and peculiar words that were not heard', () => {
    expect(from('we meet anna lisa miller at ten', 'we meet Anneliese Müller at ten')).toEqual([
      'anna lisa miller → Anneliese Müller',
    ]);
    expect(from('ask what sap about cooper netties', 'ask WhatsApp about K8s')).toEqual([
      'what sap → WhatsApp',
      'cooper netties → K8s',
    ]);
    expect(from('with carol', 'with Carola, Zoë and Mo.')).toEqual([
      'carol → Carola',
      'carol → Zoë',
      'carol → Mo',
    ]);
    expect(from('an elise is here', 'Anneliese is here')).toEqual(['an elise → Anneliese']);
  });

  it('are words that turn out to be names', () => {
    expect(from('i saw hark today', 'I saw Hark today')).toEqual(['hark → Hark']);
  });

  it('are not the ordinary words of a sentence', () => {
    expect(from('a cat sat down', 'The cat sat up.')).toEqual([]);
    expect(from('we met. then we ate', 'We met. Then we ate.')).toEqual([]);
    expect(from('nothing changed', 'nothing changed')).toEqual([]);
  });

  it('are never what no glossary may hold, nor many', () => {
    expect(from('x y', `x ${'A'.repeat(80)} <@Y1>`)).toEqual([]);
    const names = Array.from({ length: 40 }, (_, index) => `Name${index},`).join(' ');
    expect(from('x', names)).toHaveLength(10);
  });
});
