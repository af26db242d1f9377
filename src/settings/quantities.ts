import { readable } from './setting-types';

const BYTES: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};
const SECONDS: Record<string, number> = { '': 1, s: 1, m: 60, min: 60, h: 3600 };

/** A size as `100MiB`, `25 MB` or plain bytes. */
export const sizeInBytes = readable('must be a size such as 100MiB, 25MB or a number of bytes', (text) =>
  quantity(text, BYTES),
);

/** A length of time as `4h`, `90min`, `45s` or plain seconds. */
export const lengthInSeconds = readable(
  'must be a length of time such as 4h, 90min, 45s or a number of seconds',
  (text) => quantity(text, SECONDS),
);

function quantity(text: string, units: Record<string, number>): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = units[unit?.toLowerCase() ?? ''];
  if (amount === undefined || factor === undefined) return undefined;
  const value = Math.round(Number(amount) * factor);
  return value > 0 && Number.isSafeInteger(value) ? value : undefined;
}
