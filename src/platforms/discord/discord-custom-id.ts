import { AnswerAction } from '../../core/answer-composer';

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

/** The id that Discord hands back when the component is used; at most 100 characters. */
export function customId(action: AnswerComponent, answerId: string): string {
  return `hark:${action}:${answerId}`;
}

/** Undefined for components that do not belong to an answer. */
export function parseCustomId(id: string): { action: AnswerComponent; answerId: string } | undefined {
  const [, name, answerId] = /^hark:([a-z-]+):(.+)$/.exec(id) ?? [];
  const action = ACTIONS.find((known) => known === name);
  return action !== undefined && answerId !== undefined ? { action, answerId } : undefined;
}
