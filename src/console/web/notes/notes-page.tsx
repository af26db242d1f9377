import { useState } from 'preact/hooks';
import { Empty } from '../parts/empty';
import { Loading } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { useSession } from '../session/session';
import { hrefOf } from '../shell/router';
import { count } from '../words/forms';
import { say } from '../words/words';
import { Filter, isEmpty, NO_FILTER } from './filter';
import { Filters } from './filters';
import { NoteList } from './note-list';
import { Notes, useNotes } from './use-notes';

/** The filter outlives a visit to one of the notes. */
let latest: Filter = NO_FILTER;

/** For links of other pages to some of the notes. */
export function showNotesOf(user: string): void {
  latest = { ...NO_FILTER, user };
}

export function NotesPage() {
  const [filter, setFilter] = useState(latest);
  latest = filter;
  const notes = useNotes(filter);
  return (
    <div class="notes-page">
      <PageHeader title={say('page.notes')}>
        <p class="muted">
          {notes.ready &&
            say(notes.cursor === null ? 'notes.count' : 'notes.countMore', { n: count(notes.jobs.length) })}
        </p>
      </PageHeader>
      <Filters filter={filter} change={setFilter} />
      {notes.problem && <ProblemNote problem={notes.problem} retry={notes.reload} />}
      <Found notes={notes} filter={filter} />
    </div>
  );
}

function Found({ notes, filter }: { notes: Notes; filter: Filter }) {
  const { isAdmin } = useSession();
  if (notes.jobs.length > 0) return <NoteList notes={notes} words={filter.q} />;
  if (!notes.ready) return notes.problem ? null : <Loading />;
  if (!isEmpty(filter))
    return (
      <Empty icon="search" title={say('notes.noMatch')}>
        <p class="muted">{say('notes.noMatchHint')}</p>
      </Empty>
    );
  return (
    <Empty icon="wave" title={say('notes.none')}>
      <p class="muted">{say('notes.noneHint')}</p>
      {isAdmin && (
        <a class="button primary" href={hrefOf('try')}>
          {say('page.try')}
        </a>
      )}
    </Empty>
  );
}
