import { useState } from 'preact/hooks';
import { Problem } from '../api/problem';
import type { Job } from '../api/types';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { languageName } from '../words/forms';
import { say } from '../words/words';
import { Drop } from './drop';
import { Heard } from './heard';
import { Recorder } from './recorder';
import { Options, sendFile, sendLink } from './submit';

/** Those most asked for; the API takes all that the model knows. */
const LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk', 'zh'];

export function TryPage() {
  const [options, setOptions] = useState<Options>({ language: '', translate: false });
  const [id, setId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (work: () => Promise<Job>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setId((await work()).id);
    } catch (error) {
      setProblem(Problem.from(error));
    } finally {
      setBusy(false);
    }
  };
  const read = (file: File): void => void submit(() => sendFile(file, options));
  const readLink = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const url = new FormData(event.currentTarget).get('url');
    if (typeof url === 'string') void submit(() => sendLink(url.trim(), options));
  };

  return (
    <>
      <PageHeader title={say('page.try')} lead={say('try.lead')} />
      <div class="try-columns">
        <div class="card stack" aria-busy={busy}>
          <section class="try-way">
            <h2>{say('try.file')}</h2>
            <Drop take={read} />
          </section>
          <form class="try-way" onSubmit={readLink}>
            <h2>{say('try.link')}</h2>
            <div class="link-row">
              <label>
                <span class="unseen">{say('try.linkLabel')}</span>
                <input class="wide-input" name="url" type="url" placeholder="https://…" required />
              </label>
              <button class="button primary" disabled={busy}>
                {say('try.read')}
              </button>
            </div>
          </form>
          <section class="try-way">
            <h2>{say('try.speak')}</h2>
            <Recorder take={read} />
          </section>
          <section class="try-way">
            <label class="field">
              <span>{say('try.language')}</span>
              <select
                value={options.language}
                onChange={(event) => setOptions({ ...options, language: event.currentTarget.value })}
              >
                <option value="">{say('try.auto')}</option>
                {LANGUAGES.map((code) => (
                  <option key={code} value={code}>
                    {languageName(code)}
                  </option>
                ))}
              </select>
            </label>
            <label class="check">
              <input
                type="checkbox"
                checked={options.translate}
                onChange={(event) => setOptions({ ...options, translate: event.currentTarget.checked })}
              />
              <span>{say('try.translate')}</span>
            </label>
          </section>
          {problem && <ProblemNote problem={problem} />}
        </div>
        <Heard id={id} />
      </div>
    </>
  );
}
