import { Answer, Reply } from './answer';
import { ErrorCode, HarkError } from './errors';

/** A way for an answer to reach people. */
export interface AnswerOutlet<R extends Reply = Reply> {
  /** Worth showing progress: people look for the answer there already, and nothing more important waits. */
  forProgress: boolean;
  /** @throws HarkError with one of the codes of a closed way when another one should be tried */
  show(signal: AbortSignal): Promise<R>;
}

/** This way is closed for good; another one may be open. */
const CLOSED: readonly ErrorCode[] = [
  'interaction_expired',
  'permission_missing',
  'channel_gone',
  'message_gone',
];

/** Shows an answer by the first way that is open. @throws HarkError when none is, or the open one fails */
export async function showByFirstOpen<R extends Reply>(
  { address }: Answer,
  outlets: readonly AnswerOutlet<R>[],
  signal: AbortSignal,
): Promise<R> {
  const refusals: HarkError[] = [];
  for (const outlet of outlets) {
    try {
      return await outlet.show(signal);
    } catch (error) {
      if (!(error instanceof HarkError && CLOSED.includes(error.code))) throw error;
      refusals.push(error);
    }
  }
  const [only] = refusals;
  if (only && outlets.length === 1 && !address.interaction) throw only;
  throw new HarkError(
    'interaction_expired',
    'The command has expired, and there is no other way to answer.',
    {
      cause: new AggregateError(refusals, 'every way to answer is closed'),
    },
  );
}

/** There is something that people wait for, though it is not the last word. */
export function hasDraft({ parts }: Answer): boolean {
  return parts.some(({ job }) => job.draft);
}

/** Only whoever asked may read it. */
export function isPrivate({ address, parts }: Answer): boolean {
  return address.interaction?.ephemeral || parts.some(({ job }) => job.private);
}
