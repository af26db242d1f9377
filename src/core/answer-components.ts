import { AnswerAction } from './answer-composer';

/** The phrase on the button of each action. */
export const ACTION_LABELS: Readonly<Record<AnswerAction, string>> = {
  'private-copy': 'buttons.privateCopy',
  translate: 'buttons.translate',
  summarize: 'buttons.summarize',
  srt: 'buttons.srt',
  txt: 'buttons.txt',
  'try-again': 'buttons.tryAgain',
  fix: 'buttons.fix',
  delete: 'buttons.delete',
};

/**
 * What a button or menu under an answer asks for. Beside the buttons, the menus that *Try again* opens, and the
 * answers to what *Fix* and *Summarize* ask.
 */
export type AnswerComponent = AnswerAction | (typeof FURTHER)[number];

const FURTHER = ['retry-language', 'retry-model', 'fix-agree', 'fix-decline', 'summarize-agreed'] as const;

export const ANSWER_COMPONENTS: readonly AnswerComponent[] = [
  ...(Object.keys(ACTION_LABELS) as AnswerAction[]),
  ...FURTHER,
];
