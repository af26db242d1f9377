import { useEffect, useRef, useState } from 'preact/hooks';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import type { Session } from '../api/types';
import { ProblemNote } from '../parts/problem-note';
import { Logo } from '../parts/logo';
import { say } from '../words/words';

interface SignInProps {
  /** A session has just come to its end. */
  over: boolean;
  done: (session: Session) => void;
}

export function SignIn({ over, done }: SignInProps) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${say('signIn.title')}`;
    input.current?.focus();
  }, []);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      done(await send<Session>('POST', '/session', { token: input.current?.value.trim() ?? '' }));
    } catch (error) {
      setProblem(Problem.from(error));
      setBusy(false);
      input.current?.focus();
    }
  };

  return (
    <main class="sign-in">
      <form class="card sign-in-card" onSubmit={(event) => void submit(event)}>
        <Logo />
        <h1>{say('signIn.title')}</h1>
        <p class="muted">{say('signIn.lead')}</p>
        {over && !problem && (
          <p class="note-line" role="status">
            {say('signIn.over')}
          </p>
        )}
        <label class="field">
          <span>{say('signIn.token')}</span>
          <input
            ref={input}
            {...(shown ? { type: 'text' } : { type: 'password' })}
            name="token"
            autocomplete="current-password"
            spellcheck={false}
            required
            aria-describedby="token-hint"
          />
        </label>
        <label class="check">
          <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
          <span>{say('signIn.show')}</span>
        </label>
        {problem && <ProblemNote problem={problem} />}
        <button class="button primary wide" disabled={busy}>
          {say('signIn.button')}
        </button>
        <p id="token-hint" class="hint">
          {say('signIn.hint')}
        </p>
      </form>
    </main>
  );
}
