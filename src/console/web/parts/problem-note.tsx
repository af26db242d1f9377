import type { Problem } from '../api/problem';
import { say } from '../words/words';
import { Icon } from './icon';

interface ProblemNoteProps {
  problem: Problem;
  retry?: () => void;
}

/** What went wrong, in a sentence, with the code by which an admin finds more. */
export function ProblemNote({ problem, retry }: ProblemNoteProps) {
  return (
    <div class="problem" role="alert">
      <Icon name="alert" />
      <div>
        <p>{problem.status === 0 ? say('problem.noAnswer') : problem.message}</p>
        <p class="hint">{say('problem.code', { code: problem.code })}</p>
      </div>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {say('app.retry')}
        </button>
      )}
    </div>
  );
}
