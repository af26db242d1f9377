import { useState } from 'preact/hooks';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import type { Job } from '../api/types';
import { announce } from '../parts/announcer';
import { Confirm } from '../parts/confirm';
import { Icon } from '../parts/icon';
import { ProblemNote } from '../parts/problem-note';
import { useSession } from '../session/session';
import { goTo } from '../shell/router';
import { say } from '../words/words';
import { isFinished } from './use-note';

interface ActionsProps {
  job: Job;
  changed: (job: Job) => void;
}

/** What an admin can do about a note. */
export function Actions({ job, changed }: ActionsProps) {
  const { isAdmin } = useSession();
  const [asking, setAsking] = useState<'cancel' | 'erase'>();
  const [problem, setProblem] = useState<Problem>();
  if (!isAdmin) return null;

  const act = async (work: () => Promise<void>, done: string): Promise<void> => {
    try {
      setProblem(undefined);
      await work();
      announce(done);
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  const steer = (what: 'retry' | 'cancel') => async (): Promise<void> =>
    changed(await send<Job>('POST', `/jobs/${job.id}/${what}`));
  const erase = async (): Promise<void> => {
    await send('DELETE', `/jobs/${job.id}`);
    goTo('notes');
  };

  return (
    <div class="stack actions">
      <div class="row">
        {(job.status === 'failed' || job.status === 'cancelled') && (
          <button
            type="button"
            class="button primary"
            onClick={() => void act(steer('retry'), say('note.retried'))}
          >
            <Icon name="retry" />
            {say('note.retry')}
          </button>
        )}
        {!isFinished(job.status) && (
          <button type="button" class="button" onClick={() => setAsking('cancel')}>
            <Icon name="cross" />
            {say('note.cancel')}
          </button>
        )}
        <button type="button" class="button danger" onClick={() => setAsking('erase')}>
          <Icon name="trash" />
          {say('note.erase')}
        </button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {asking && (
        <Confirm
          title={say(`note.${asking}Title`)}
          text={say(`note.${asking}Text`)}
          action={say(`note.${asking}`)}
          closed={() => setAsking(undefined)}
          confirmed={() =>
            void act(
              asking === 'erase' ? erase : steer('cancel'),
              say(asking === 'erase' ? 'note.erased' : 'note.cancelled'),
            )
          }
        />
      )}
    </div>
  );
}
