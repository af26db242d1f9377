import { AnswerAction } from './answer-composer';

/** The phrase on the button of each action. */
export const ACTION_LABELS: Readonly<Record<AnswerAction, string>> = {
  'private-copy': 'buttons.privateCopy',
  translate: 'buttons.translate',
  srt: 'buttons.srt',
  txt: 'buttons.txt',
  'try-again': 'buttons.tryAgain',
  delete: 'buttons.delete',
};

/** What a button or menu under an answer asks for. The last two are the menus that *Try again* opens. */
export type AnswerComponent = AnswerAction | 'retry-language' | 'retry-model';

export const ANSWER_COMPONENTS: readonly AnswerComponent[] = [
  ...(Object.keys(ACTION_LABELS) as AnswerAction[]),
  'retry-language',
  'retry-model',
];
