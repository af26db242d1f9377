import { useState } from 'preact/hooks';
import type { Glossary, GlossaryName } from '../api/admin-types';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import { useLoaded } from '../api/use-loaded';
import { announce } from '../parts/announcer';
import { fieldValue } from '../parts/field-value';
import { Icon } from '../parts/icon';
import { WhenLoaded } from '../parts/loading';
import { ProblemNote } from '../parts/problem-note';
import { platformName } from '../words/forms';
import { say } from '../words/words';

interface GlossaryTermsProps {
  place: GlossaryName;
  changed: () => void;
}

/** The terms of one place, and what waits for a decision. */
export function GlossaryTerms({ place: { platform, id }, changed }: GlossaryTermsProps) {
  const path = `/glossaries/${platform}/server/${encodeURIComponent(id)}`;
  const loaded = useLoaded<Glossary>(path);
  const [problem, setProblem] = useState<Problem>();
  const act = async (method: 'POST' | 'DELETE', what: string, terms?: string): Promise<boolean> => {
    try {
      setProblem(undefined);
      loaded.set(
        await send<Glossary>(method, `${path}${what}`, terms === undefined ? undefined : { terms: [terms] }),
      );
      announce(say('terms.saved'));
      changed();
      return true;
    } catch (error) {
      setProblem(Problem.from(error));
      return false;
    }
  };
  const add = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    if (await act('POST', '/terms', fieldValue(new FormData(form), 'terms'))) form.reset();
  };
  return (
    <section class="card stack" aria-labelledby="terms-title">
      <h2 id="terms-title">
        {say('terms.terms')} <span class="chip">{platformName(platform)}</span> <span class="mono">{id}</span>
      </h2>
      <form class="fields" onSubmit={(event) => void add(event)}>
        <label class="field">
          <span>{say('terms.addLabel')}</span>
          <input name="terms" required maxLength={240} autocomplete="off" />
        </label>
        <button class="button primary">{say('terms.add')}</button>
      </form>
      {problem && <ProblemNote problem={problem} />}
      <WhenLoaded of={loaded}>
        {({ terms, suggestions }) => (
          <div class="stack">
            {suggestions.length > 0 && (
              <div class="stack">
                <h3>{say('terms.suggestions')}</h3>
                <ul class="suggestions">
                  {suggestions.map(({ term, insteadOf }) => (
                    <li key={term} class="row">
                      <strong>{term}</strong>
                      {insteadOf && <span class="hint">{say('terms.heard', { text: insteadOf })}</span>}
                      <button
                        type="button"
                        class="button small"
                        onClick={() => void act('POST', '/terms', term)}
                      >
                        {say('terms.accept')}
                      </button>
                      <button
                        type="button"
                        class="button small"
                        onClick={() => void act('DELETE', `/suggestions/${encodeURIComponent(term)}`)}
                      >
                        {say('terms.dismiss')}
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {terms.length === 0 && <p class="muted">{say('terms.empty')}</p>}
            <ul class="terms">
              {terms.map(({ term, used }) => (
                <li key={term} class="chip">
                  {term}
                  {!used && <em class="hint">{say('terms.unused')}</em>}
                  <button
                    type="button"
                    class="icon-button"
                    aria-label={say('terms.remove', { term })}
                    onClick={() => void act('DELETE', `/terms/${encodeURIComponent(term)}`)}
                  >
                    <Icon name="cross" />
                  </button>
                </li>
              ))}
            </ul>
            {terms.some(({ used }) => !used) && <p class="hint">{say('terms.unusedHint')}</p>}
          </div>
        )}
      </WhenLoaded>
    </section>
  );
}
