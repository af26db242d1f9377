import { useEffect, useState } from 'preact/hooks';
import type { AuditEntry, AuditPage as Page } from '../api/admin-types';
import { get } from '../api/client';
import { Problem } from '../api/problem';
import { Empty } from '../parts/empty';
import { Loading } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { fullTime } from '../words/forms';
import { say } from '../words/words';

const PAGE_SIZE = 100;
const TONES = { done: 'good', refused: 'warn', failed: 'bad' };

/** Who did what, newest first, a page at a time. */
export function AuditPage() {
  const [entries, setEntries] = useState<AuditEntry[]>();
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const load = (from?: string): void => {
    get<Page>('/audit', { limit: PAGE_SIZE, cursor: from }).then(
      (page) => {
        setEntries((before = []) => (from === undefined ? page.entries : [...before, ...page.entries]));
        setCursor(page.nextCursor);
        setProblem(undefined);
      },
      (error: unknown) => setProblem(Problem.from(error)),
    );
  };
  useEffect(() => load(), []);
  return (
    <div class="stack">
      <PageHeader title={say('page.audit')} lead={say('audit.lead')} />
      {problem && <ProblemNote problem={problem} retry={() => load()} />}
      {!entries && !problem && <Loading />}
      {entries?.length === 0 && <Empty icon="audit" title={say('audit.none')} />}
      {entries && entries.length > 0 && <Entries entries={entries} />}
      {cursor !== null && (
        <p>
          <button type="button" class="button" onClick={() => load(cursor)}>
            {say('audit.more')}
          </button>
        </p>
      )}
    </div>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <div class="card table-box" tabIndex={0} role="region" aria-label={say('page.audit')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('audit.when')}</th>
            <th scope="col">{say('audit.who')}</th>
            <th scope="col">{say('audit.what')}</th>
            <th scope="col">{say('audit.target')}</th>
            <th scope="col">{say('audit.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, actor, address, action, target, detail, outcome, code }) => (
            <tr key={id}>
              <td>
                <time dateTime={at}>{fullTime(at)}</time>
              </td>
              <td>
                {actor}
                {address !== undefined && <span class="hint"> {address}</span>}
              </td>
              <td>
                {action}
                {detail !== undefined && <span class="hint"> {detail}</span>}
              </td>
              <td class="mono">{target}</td>
              <td>
                <span class={`badge ${TONES[outcome]}`}>{code ?? outcome}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
