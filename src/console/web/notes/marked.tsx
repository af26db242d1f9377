import { pieces } from './found-words';

/** A text with the words that were searched for. What is far before the first of them is left out. */
export function Marked({ text, words }: { text: string; words: string }) {
  return (
    <>
      {pieces(text, words).map(({ text: piece, found }, index) =>
        found ? <mark key={index}>{piece}</mark> : piece,
      )}
    </>
  );
}
