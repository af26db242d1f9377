import { ActivityPage } from '../activity/activity-page';
import { AuditPage } from '../audit/audit-page';
import { GlossaryPage } from '../glossary/glossary-page';
import { NotePage } from '../note/note-page';
import { NotesPage } from '../notes/notes-page';
import { PeoplePage } from '../people/people-page';
import { PlacesPage } from '../places/places-page';
import { useSession } from '../session/session';
import { SystemPage } from '../system/system-page';
import { TryPage } from '../try/try-page';
import { WebhooksPage } from '../webhooks/webhooks-page';
import { pagesFor, useRoute } from './router';

const PAGES = {
  notes: NotesPage,
  try: TryPage,
  activity: ActivityPage,
  system: SystemPage,
  places: PlacesPage,
  glossary: GlossaryPage,
  people: PeoplePage,
  webhooks: WebhooksPage,
  audit: AuditPage,
};

/** The page of the address. What only admins may see is no page for others. */
export function Pages() {
  const { page, id } = useRoute();
  const { role } = useSession();
  if (page === 'notes' && id !== undefined) return <NotePage key={id} id={id} />;
  const Page = PAGES[pagesFor(role).includes(page) ? page : 'notes'];
  return <Page />;
}
