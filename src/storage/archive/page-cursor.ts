import { validate } from 'uuid';
import { HarkError } from '../../core/errors';

/** The last job of a page: the next page begins behind it, whatever has been added or erased meanwhile. */
export interface PageCursor {
  createdAt: Date;
  id: string;
}

const FORM = /^(\d{1,15})\.([0-9a-f-]{36})$/;

export function writeCursor({ createdAt, id }: PageCursor): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');
}

/** @throws HarkError `field_invalid` */
export function readCursor(cursor: string): PageCursor {
  const [, time, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || id === undefined || !validate(id)) {
    throw new HarkError('field_invalid', 'The cursor is none that a page of this list has given.', {
      params: { field: 'cursor' },
    });
  }
  return { createdAt: new Date(Number(time)), id };
}
