import { readCursor } from './page-cursor';

interface PageBounds {
  since?: Date;
  until?: Date;
  cursor?: string;
}

/** What a row has to be like to stand on a page of a list that begins with the newest. */
type PageCondition =
  | { createdAt: { $gte: Date } | { $lte: Date } }
  | { $or: [{ createdAt: { $lt: Date } }, { id: { $lt: string } }] };

/** @throws HarkError `field_invalid` for a cursor */
export function onPage({ since, until, cursor }: PageBounds): PageCondition[] {
  const all: PageCondition[] = [];
  if (since) all.push({ createdAt: { $gte: since } });
  if (until) all.push({ createdAt: { $lte: until } });
  if (cursor !== undefined) {
    const { createdAt, id } = readCursor(cursor);
    all.push(
      { createdAt: { $lte: createdAt } },
      { $or: [{ createdAt: { $lt: createdAt } }, { id: { $lt: id } }] },
    );
  }
  return all;
}
