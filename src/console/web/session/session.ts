import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Session } from '../api/types';

export const SessionContext = createContext<Session>({ role: 'viewer', queueBoard: false });

export function useSession(): Session & { isAdmin: boolean } {
  const session = useContext(SessionContext);
  return { ...session, isAdmin: session.role === 'admin' };
}
