import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words/words';

interface ConfirmProps {
  title: string;
  text: string;
  /** What the button does. */
  action: string;
  confirmed: () => void;
  closed: () => void;
}

/** Asks before something that cannot be taken back. The browser keeps the focus inside, and gives it back. */
export function Confirm({ title, text, action, confirmed, closed }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => dialog.current?.close();
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="confirm-title" onClose={closed}>
      <h2 id="confirm-title">{title}</h2>
      <p>{text}</p>
      <div class="row end">
        <button type="button" class="button" onClick={close}>
          {say('dialog.keep')}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            close();
            confirmed();
          }}
        >
          {action}
        </button>
      </div>
    </dialog>
  );
}
