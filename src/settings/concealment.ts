import { inspect } from 'node:util';

/** Stands where a secret would be. */
const SET = '[set]';

/**
 * Makes an object show itself without its secrets wherever it is printed or turned into JSON. The values can still
 * be read one by one.
 */
export function conceal<T extends object>(target: T, secrets: readonly (keyof T)[] = []): T {
  const shown = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(target).map(([key, value]) => [
        key,
        secrets.includes(key as keyof T) && value !== undefined ? SET : plain(value),
      ]),
    );
  Object.defineProperty(target, 'toJSON', { value: shown });
  Object.defineProperty(target, inspect.custom, { value: shown });
  return target;
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return [...(value as Set<unknown>)];
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return typeof value === 'string' ? withoutPassword(value) : value;
}

/** An address without the user and password in it; any other text as it is. */
export function withoutPassword(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${SET}@`);
}
