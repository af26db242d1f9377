import type { Job } from '../api/types';
import { say } from '../words/words';

/** What a note is called: its file, or where its link leads. */
export function titleOf({ media, source }: Job): string {
  const name = media.name ?? source.name;
  if (name) return name;
  const url = source.url === undefined ? null : URL.parse(source.url);
  if (!url) return say('note.untitled');
  return `${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}
