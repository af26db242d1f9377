import { AnswerAction } from '../../core/answer-composer';

const PREFIX = 'hark:';
const ACTIONS = [
  'private-copy',
  'translate',
  'srt',
  'txt',
  'try-again',
  'delete',
  'retry-language',
  'retry-model',
] as const satisfies readonly (AnswerAction | `retry-${string}`)[];

/** What a button or menu under an answer asks for. The last two are the menus that *Try again* opens. */
export type AnswerComponent = (typeof ACTIONS)[number];

/** Fits the action ids of every button and menu under an answer: for `App.action`. */
export const ANSWER_ACTIONS = new RegExp(`^${PREFIX}(${ACTIONS.join('|')})$`);

/** The `action_id` of a button; its `value` is the answer's id. */
export function actionId(action: AnswerComponent): string {
  return `${PREFIX}${action}`;
}

/** Undefined for components that do not belong to an answer. */
export function parseActionId(id: string): AnswerComponent | undefined {
  return ACTIONS.find((action) => actionId(action) === id);
}
