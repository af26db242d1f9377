const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * For `@Transform`: a date, or what was sent when it is none, for the check that follows to refuse. In an address the
 * plus sign of a time zone arrives as a space.
 */
export function dateOf({ value }: { value: unknown }): unknown {
  const text = typeof value === 'string' ? value.replace(' ', '+') : '';
  return ISO_8601.test(text) ? new Date(text) : value;
}
