import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond the edges that are there already when somebody scrolls. */
const SPARE = 8;

export interface Visible {
  /** The first row to draw, and the one behind the last. */
  from: number;
  to: number;
  /** Of the whole list. */
  height: number;
}

/** Which of many rows of the same height can be seen in a scrolling box. */
export function useVisible(box: RefObject<HTMLElement | null>, rows: number, rowHeight: number): Visible {
  const [seen, setSeen] = useState({ from: 0, to: 2 * SPARE });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - SPARE);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + SPARE;
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box, rowHeight]);
  return { from: Math.min(seen.from, rows), to: Math.min(seen.to, rows), height: rows * rowHeight };
}
