import { useEffect, useState } from 'preact/hooks';

const PAGES = [
  'notes',
  'try',
  'activity',
  'system',
  'places',
  'glossary',
  'people',
  'webhooks',
  'audit',
] as const;
export type PageName = (typeof PAGES)[number];

const FOR_VIEWERS: readonly PageName[] = ['notes', 'activity', 'system'];

/** Those whose every call the role may make. */
export function pagesFor(role: 'admin' | 'viewer'): readonly PageName[] {
  return role === 'admin' ? PAGES : FOR_VIEWERS;
}

export interface Route {
  page: PageName;
  /** Of one note. */
  id?: string;
}

/** `#/notes/<id>`; everything that is unknown is the list of notes. */
function routeOf(hash: string): Route {
  const [, name, id] = /^#\/([a-z]+)(?:\/([\w-]+))?/.exec(hash) ?? [];
  const page = PAGES.find((each) => each === name) ?? 'notes';
  return page === 'notes' && id !== undefined ? { page, id } : { page };
}

export function hrefOf(page: PageName, id?: string): string {
  return id === undefined ? `#/${page}` : `#/${page}/${id}`;
}

export function goTo(page: PageName, id?: string): void {
  location.hash = hrefOf(page, id);
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return routeOf(hash);
}
