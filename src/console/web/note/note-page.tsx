import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Job } from '../api/types';
import { announce } from '../parts/announcer';
import { Empty } from '../parts/empty';
import { Icon } from '../parts/icon';
import { Loading } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { StatusBadge } from '../parts/status-badge';
import { titleOf } from '../notes/title';
import { useSession } from '../session/session';
import { hrefOf } from '../shell/router';
import { say } from '../words/words';
import { Actions } from './actions';
import { Facts } from './facts';
import { Player } from './player';
import { SummaryBox } from './summary';
import { Transcript } from './transcript';
import { Note, isFinished, useNote } from './use-note';
import { Way } from './way';

export function NotePage({ id }: { id: string }) {
  const note = useNote(id);
  return (
    <div class="stack">
      <a class="back" href={hrefOf('notes')}>
        <Icon name="back" />
        {say('note.back')}
      </a>
      {note.problem?.code === 'job_not_found' ? (
        <Empty icon="search" title={say('note.gone')} />
      ) : (
        note.problem && <ProblemNote problem={note.problem} retry={note.reload} />
      )}
      {note.job && note.problem?.code !== 'job_not_found' && <Sheet note={note} job={note.job} />}
      {!note.job && !note.problem && <Loading />}
    </div>
  );
}

function Sheet({ note: { segments, show }, job }: { note: Note; job: Job }) {
  const { isAdmin } = useSession();
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState<number>();
  const play = useCallback((from: number) => {
    if (!audio.current) return;
    audio.current.currentTime = from;
    void audio.current.play();
  }, []);
  useEndTold(job);
  const { error, status } = job;
  return (
    <>
      <PageHeader title={titleOf(job)}>
        <StatusBadge status={status} />
        <Actions job={job} changed={show} />
      </PageHeader>
      {(status === 'running' || status === 'delivering') && (
        <progress max={1} value={job.progress} aria-label={say(`status.${status}`)} />
      )}
      {error && status !== 'done' && (
        <div class="problem">
          <Icon name="alert" />
          <div>
            <p>
              <strong>{say(status === 'failed' ? 'note.failed' : 'note.lastTry')}.</strong> {error.message}
            </p>
            <p class="hint">{say('problem.code', { code: error.code })}</p>
          </div>
        </div>
      )}
      <div class="note-columns">
        <Transcript
          job={job}
          segments={segments}
          at={at}
          play={job.audio && isAdmin ? play : undefined}
          changed={show}
        >
          {isFinished(status) && <Player job={job} audio={audio} moved={setAt} />}
        </Transcript>
        <aside class="stack">
          {status === 'done' && job.text !== null && job.text !== '' && <SummaryBox job={job} />}
          <Way job={job} />
          <Facts job={job} />
        </aside>
      </div>
    </>
  );
}

/** Whoever cannot see it hears when the work is over; not every step of it. */
function useEndTold({ status }: Job): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status && isFinished(status))
      announce(say('note.announce', { status: say(`status.${status}`) }));
    before.current = status;
  }, [status]);
}
