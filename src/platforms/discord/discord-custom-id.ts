import { ANSWER_COMPONENTS, AnswerComponent } from '../../core/answer-components';

/** The id that Discord hands back when the component is used; at most 100 characters. @param more without colons */
export function customId(action: AnswerComponent, answerId: string, more?: string): string {
  return ['hark', action, answerId, ...(more === undefined ? [] : [more])].join(':');
}

/** Undefined for components that do not belong to an answer. */
export function parseCustomId(
  id: string,
): { action: AnswerComponent; answerId: string; more?: string } | undefined {
  const [, name, answerId, more] = /^hark:([a-z-]+):([^:]+)(?::([^:]+))?$/.exec(id) ?? [];
  const action = ANSWER_COMPONENTS.find((known) => known === name);
  return action !== undefined && answerId !== undefined ? { action, answerId, more } : undefined;
}
