import { useEffect, useState } from 'preact/hooks';
import { get, send } from '../api/client';
import { Problem } from '../api/problem';
import type { Job, Summary, SummaryList } from '../api/types';
import { announce } from '../parts/announcer';
import { ProblemNote } from '../parts/problem-note';
import { useSession } from '../session/session';
import { say } from '../words/words';

const NOTHING: SummaryList = { summaries: [], drivers: [] };

/** What the note comes down to, and who is to write it. Not there while summaries are off and there is none. */
export function SummaryBox({ job: { id, text } }: { job: Job }) {
  const { isAdmin } = useSession();
  const [{ summaries, drivers }, setList] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [driver, setDriver] = useState<string>();
  const load = (): Promise<void> =>
    // A viewer may not be meant to read it: then there is nothing to show either.
    get<SummaryList>(`/jobs/${id}/summary`).then(setList, () => setList(NOTHING));
  useEffect(() => void load(), [id, text]);
  if (summaries.length === 0 && (drivers.length === 0 || !isAdmin)) return null;

  const write = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send('POST', `/jobs/${id}/summary`, driver === undefined ? {} : { driver });
      await load();
      announce(say('summary.done'));
    } catch (error) {
      setProblem(Problem.from(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack" aria-labelledby="summary-title">
      <h2 id="summary-title">{say('summary.title')}</h2>
      {summaries.map((summary) => (
        <One key={summary.driver} summary={summary} />
      ))}
      {isAdmin && drivers.length > 0 && (
        <div class="row">
          {drivers.length > 1 && (
            <select
              aria-label={say('summary.by')}
              disabled={busy}
              onChange={({ currentTarget }) => setDriver(currentTarget.value)}
            >
              {drivers.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
          <button type="button" class="button" disabled={busy} onClick={() => void write()}>
            {say(busy ? 'summary.writing' : 'summary.write')}
          </button>
        </div>
      )}
      {isAdmin && drivers.some((name) => name !== 'demo') && <p class="hint">{say('summary.sent')}</p>}
      {problem && <ProblemNote problem={problem} />}
    </section>
  );
}

function One({ summary: { text, way, madeBy, stale, tokens } }: { summary: Summary }) {
  const count = tokens.input + tokens.output;
  const cost = say(tokens.estimated ? 'summary.tokensEstimated' : 'summary.tokens', { count });
  return (
    <div>
      <p class="summary-text">{text}</p>
      <p class="hint">
        {say(`summary.${way}`, { madeBy })} {count > 0 && `${cost}.`} {stale && say('summary.stale')}
      </p>
    </div>
  );
}
