import { ANSWER_COMPONENTS, AnswerComponent } from '../../core/answer-components';

const PREFIX = 'hark:';

/** Fits the action ids of every button and menu under an answer: for `App.action`. */
export const ANSWER_ACTIONS = new RegExp(`^${PREFIX}(${ANSWER_COMPONENTS.join('|')})$`);

/** The `action_id` of a button; its `value` is the answer's id. */
export function actionId(action: AnswerComponent): string {
  return `${PREFIX}${action}`;
}

/** Undefined for components that do not belong to an answer. */
export function parseActionId(id: string): AnswerComponent | undefined {
  return ANSWER_COMPONENTS.find((action) => actionId(action) === id);
}
