/** Fields of errors that help and hold no content: libraries hang requests, bodies and headers onto theirs. */
const FIELDS = [
  'code',
  'status',
  'statusCode',
  'method',
  'url',
  'retryable',
  'errno',
  'syscall',
  'signal',
] as const;
const DEEPEST = 5;

/** What is logged of an error: its kind, text, stack, a few plain fields, and its causes likewise. */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? '[not an error]' : error;
  const fields = error as unknown as Record<string, unknown>;
  const kept = FIELDS.flatMap((name) =>
    ['string', 'number', 'boolean'].includes(typeof fields[name]) ? [[name, fields[name]] as const] : [],
  );
  const inner = depth < DEEPEST ? innerErrors(error) : [];
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...Object.fromEntries(kept),
    ...(inner.length > 0 && { causes: inner.map((cause) => serializeError(cause, depth + 1)) }),
  };
}

function innerErrors(error: Error): unknown[] {
  const many = error instanceof AggregateError ? (error.errors as unknown[]).slice(0, DEEPEST) : [];
  return error.cause === undefined ? many : [error.cause, ...many];
}
