import { useState } from 'preact/hooks';
import type { PersonOverview } from '../api/admin-types';
import { addressOf, send } from '../api/client';
import { Problem } from '../api/problem';
import { useLoaded } from '../api/use-loaded';
import { announce } from '../parts/announcer';
import { Confirm } from '../parts/confirm';
import { fieldValue } from '../parts/field-value';
import { Icon } from '../parts/icon';
import { WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { showNotesOf } from '../notes/notes-page';
import { hrefOf } from '../shell/router';
import { count, platformName } from '../words/forms';
import { say } from '../words/words';

const PLATFORMS = ['discord', 'slack', 'api', 'cli'];

/** What is stored of somebody, for when they ask for their rights. */
export function PeoplePage() {
  const [path, setPath] = useState<string>();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPath(`/people/${fieldValue(form, 'platform')}/${encodeURIComponent(fieldValue(form, 'id'))}`);
  };
  return (
    <div class="stack">
      <PageHeader title={say('page.people')} lead={say('people.lead')} />
      <form class="card fields" onSubmit={submit}>
        <label class="field">
          <span>{say('notes.platform')}</span>
          <select name="platform">
            {PLATFORMS.map((platform) => (
              <option key={platform} value={platform}>
                {platformName(platform)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{say('people.id')}</span>
          <input name="id" required maxLength={64} pattern="[\w.:\-]+" autocomplete="off" />
        </label>
        <button class="button primary">{say('people.show')}</button>
      </form>
      {path !== undefined && <Person key={path} path={path} />}
    </div>
  );
}

function Person({ path }: { path: string }) {
  const loaded = useLoaded<PersonOverview>(path);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const act = async (work: () => Promise<void>): Promise<void> => {
    try {
      setProblem(undefined);
      await work();
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  const choose = async (choices: Partial<PersonOverview>): Promise<void> => {
    loaded.set(await send<PersonOverview>('PATCH', path, choices));
    announce(say('places.saved'));
  };
  const erase = async (): Promise<void> => {
    const { erased } = await send<{ erased: number }>('DELETE', path);
    announce(say('people.erased', { n: count(erased) }));
    loaded.reload();
  };
  return (
    <WhenLoaded of={loaded}>
      {(person) => (
        <section class="card stack" aria-labelledby="person-title">
          <h2 id="person-title">
            {platformName(person.platform)} <span class="mono">{person.id}</span>
          </h2>
          <p>{say('people.stored', { n: count(person.stored) })}</p>
          {(['optedOut', 'allowRequests'] as const).map((choice) => (
            <label key={choice} class="check">
              <input
                type="checkbox"
                checked={person[choice]}
                onChange={(event) => void act(() => choose({ [choice]: event.currentTarget.checked }))}
              />
              <span>{say(`people.${choice}`)}</span>
            </label>
          ))}
          <div class="row">
            <a class="button" href={hrefOf('notes')} onClick={() => showNotesOf(person.id)}>
              <Icon name="notes" />
              {say('people.notes')}
            </a>
            <a class="button" href={addressOf(`${path}/export`)} download>
              <Icon name="copy" />
              {say('people.export')}
            </a>
            <button type="button" class="button danger" onClick={() => setAsking(true)}>
              <Icon name="trash" />
              {say('people.erase')}
            </button>
          </div>
          {problem && <ProblemNote problem={problem} />}
          {asking && (
            <Confirm
              title={say('people.eraseTitle')}
              text={say('people.eraseText')}
              action={say('people.erase')}
              confirmed={() => void act(erase)}
              closed={() => setAsking(false)}
            />
          )}
        </section>
      )}
    </WhenLoaded>
  );
}
