/** How the same thing is asked of different services, the best one first. */
export const FORMS = ['completion-tokens', 'tokens', 'tokens-only'] as const;
export type Form = (typeof FORMS)[number];

type Fields = {
  max_completion_tokens?: number;
  max_tokens?: number;
  stream_options?: { include_usage: true };
};

/** OpenAI's newer models refuse `max_tokens`; other services know nothing else, or not how to count in a stream. */
export function fieldsOf(form: Form, tokens: number): Fields {
  switch (form) {
    case 'completion-tokens':
      return { max_completion_tokens: tokens, stream_options: { include_usage: true } };
    case 'tokens':
      return { max_tokens: tokens, stream_options: { include_usage: true } };
    default:
      return { max_tokens: tokens };
  }
}

/** Whether a service refused the form, not what was asked. */
export function isAboutForm(status: number | undefined, said: string): boolean {
  return (status === 400 || status === 422) && /max_completion_tokens|max_tokens|stream_options/.test(said);
}
