import { NotePage } from '../note/note-page';
import { NotesPage } from '../notes/notes-page';
import { useSession } from '../session/session';
import { TryPage } from '../try/try-page';
import { useRoute } from './router';

/** The page of the address. What only admins may see is no page for others. */
export function Pages() {
  const { page, id } = useRoute();
  const { isAdmin } = useSession();
  if (page === 'notes' && id !== undefined) return <NotePage key={id} id={id} />;
  switch (isAdmin ? page : 'notes') {
    case 'try':
      return <TryPage />;
    default:
      return <NotesPage />;
  }
}
