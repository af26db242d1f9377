import { useEffect, useState } from 'preact/hooks';

const NARROW = matchMedia('(max-width: 46rem)');

/** All rows of the list have this height: two lines, three on a phone. As in `notes.css`. */
export function useRowHeight(): number {
  const [narrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const changed = (): void => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', changed);
    return () => NARROW.removeEventListener('change', changed);
  }, []);
  return narrow ? 96 : 68;
}
