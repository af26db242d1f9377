import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../words/words';
import { NoteRow } from './note-row';
import { useRowHeight } from './use-row-height';
import type { Notes } from './use-notes';
import { useVisible } from './use-virtual';

/** So many rows before the end of what is there more is loaded. */
const AHEAD = 60;

/** However many notes there are, only those that can be seen are on the page. */
export function NoteList({ notes, words }: { notes: Notes; words: string }) {
  const { jobs, cursor, more } = notes;
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { from, to, height } = useVisible(box, jobs.length, rowHeight);
  useEffect(() => {
    if (to > jobs.length - AHEAD) more();
  }, [to, jobs.length, more]);

  // Whoever has scrolled down keeps looking at the same notes while others come in above.
  const top = useRef<string>(undefined);
  useLayoutEffect(() => {
    const moved = top.current === undefined ? 0 : jobs.findIndex(({ id }) => id === top.current);
    top.current = jobs[0]?.id;
    if (box.current && box.current.scrollTop > 0 && moved > 0) box.current.scrollTop += moved * rowHeight;
  }, [jobs, rowHeight]);

  return (
    <div ref={box} class="note-list" tabIndex={-1}>
      <ul aria-label={say('notes.list')} style={{ height: `${height}px` }}>
        {jobs.slice(from, to).map((job, offset) => (
          <NoteRow
            key={job.id}
            job={job}
            index={from + offset}
            rowHeight={rowHeight}
            of={cursor === null ? jobs.length : -1}
            words={words}
          />
        ))}
      </ul>
    </div>
  );
}
