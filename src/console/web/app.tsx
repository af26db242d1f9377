import { useEffect, useState } from 'preact/hooks';
import { get, onSignedOut, send } from './api/client';
import { Problem } from './api/problem';
import type { Session } from './api/types';
import { Loading } from './parts/loading';
import { ProblemNote } from './parts/problem-note';
import { SessionContext } from './session/session';
import { SignIn } from './session/sign-in';
import { Pages } from './shell/pages';
import { Shell } from './shell/shell';

type State = { at: 'start' } | { at: 'door'; over: boolean } | { at: 'desk'; session: Session } | Problem;

/** Who is not signed in sees the door, and nothing else is loaded. */
export function App() {
  const [state, setState] = useState<State>({ at: 'start' });
  const begin = (): void => {
    get<Session | undefined>('/session').then(
      (session) => setState(session ? { at: 'desk', session } : { at: 'door', over: false }),
      (error: unknown) => setState(Problem.from(error)),
    );
  };
  useEffect(() => {
    onSignedOut(() => setState({ at: 'door', over: true }));
    begin();
  }, []);
  const signOut = async (): Promise<void> => {
    // What is over already needs no end.
    await send('DELETE', '/session').catch(() => undefined);
    setState({ at: 'door', over: false });
  };

  if (state instanceof Problem)
    return (
      <main class="sign-in">
        <ProblemNote problem={state} retry={begin} />
      </main>
    );
  if (state.at === 'start') return <Loading />;
  if (state.at === 'door')
    return <SignIn over={state.over} done={(session) => setState({ at: 'desk', session })} />;
  return (
    <SessionContext.Provider value={state.session}>
      <Shell signOut={() => void signOut()}>
        <Pages />
      </Shell>
    </SessionContext.Provider>
  );
}
