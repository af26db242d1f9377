import { useEffect, useState } from 'preact/hooks';

const SHOWN_MS = 5000;

let tell: (text: string) => void = () => undefined;

/** Says something to everybody: shown for a while, and read out by screen readers. */
export function announce(text: string): void {
  tell(text);
}

export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    tell = setText;
  }, []);
  useEffect(() => {
    if (text === '') return;
    const timer = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="announcer" role="status" aria-live="polite">
      {text !== '' && <p>{text}</p>}
    </div>
  );
}
