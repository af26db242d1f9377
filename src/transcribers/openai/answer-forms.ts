/** The forms in which a service can be asked to answer. */
export type AnswerForm = 'words' | 'segments' | 'probabilities' | 'text';

/** What asks for each form; each says a little less than the one before. */
export const FORM_FIELDS = {
  words: { response_format: 'verbose_json', timestamp_granularities: ['segment', 'word'] },
  segments: { response_format: 'verbose_json' },
  probabilities: { response_format: 'json', include: ['logprobs'] },
  text: { response_format: 'json' },
} as const;

/** By which words a service names what it does not know. */
const REFUSED = /response_format|verbose_json|timestamp_granularities|include|logprobs/i;

/**
 * Remembers the form in which a service answers: models and servers differ in what they offer, and what is refused
 * once is refused always.
 */
export class AnswerForms {
  private known: number;

  /** @param forms the richest first */
  constructor(private readonly forms: readonly AnswerForm[]) {
    this.known = 0;
  }

  /** The forms to ask in, one after the other, until one is not refused. */
  get toTry(): readonly AnswerForm[] {
    return this.forms.slice(this.known);
  }

  answered(form: AnswerForm): void {
    // Another piece may have found out more meanwhile.
    this.known = Math.max(this.known, this.forms.indexOf(form));
  }
}

/**
 * Whether a service's complaint is about the form of the answer.
 *
 * @param param the field that it names, if it names one
 */
export function isAboutForm(status: number, param: string | undefined, complaint: string): boolean {
  return (status === 400 || status === 422) && REFUSED.test(param || complaint);
}
