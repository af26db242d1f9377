import type { Request } from 'express';
import { ByteRange } from '../../core/upload-store';

/**
 * The part of a file that is asked for (RFC 9110, 14.2): one range; several at once, and units that nobody knows, are
 * answered with the whole. `unsatisfiable` when it lies outside.
 */
export function rangeOf(request: Request, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const ranges = request.range(bytes);
  if (ranges === undefined || ranges === -2) return undefined;
  if (ranges === -1) return 'unsatisfiable';
  const [range] = ranges;
  if (!range || ranges.length > 1 || ranges.type !== 'bytes') return undefined;
  return { start: range.start, end: range.end };
}
