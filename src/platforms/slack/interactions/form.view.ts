import { types } from '@slack/bolt';
import { Block } from '../panels/blocks';

const LONGEST_TITLE = 24;

export type ModalView = types.ModalView;

function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text: text.slice(0, LONGEST_TITLE) || '…', emoji: false };
}

export interface FormWords {
  title: string;
  submit: string;
  cancel: string;
}

/** A form that can be sent. @param about handed back with it, at most 3,000 characters */
export function formView(name: string, about: string, words: FormWords, blocks: readonly Block[]): ModalView {
  return {
    type: 'modal',
    callback_id: `hark-form:${name}`,
    private_metadata: about,
    title: plain(words.title),
    submit: plain(words.submit),
    close: plain(words.cancel),
    blocks: [...blocks],
  };
}

/** Only to be read. */
export function sayingView(blocks: readonly Block[]): ModalView {
  return { type: 'modal', callback_id: 'hark-form:said', title: plain('hark'), blocks: [...blocks] };
}

/** While nobody knows yet what comes of it. */
export function waitingView(): ModalView {
  return sayingView([{ type: 'section', text: plain('…') }]);
}
