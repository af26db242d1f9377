import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { clock } from '../words/forms';
import { say } from '../words/words';

/** What browsers can record, the best for speech first. */
const TYPES: readonly (readonly [type: string, ending: string])[] = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/ogg;codecs=opus', 'ogg'],
  ['audio/mp4', 'm4a'],
];

/** Records what is spoken into the microphone, and gives it on as a file. */
export function Recorder({ take }: { take: (file: File) => void }) {
  const recorder = useRef<MediaRecorder>(undefined);
  const gone = useRef(false);
  const [asking, setAsking] = useState(false);
  const [on, setOn] = useState(false);
  const [since, setSince] = useState<number>();
  const [now, setNow] = useState(0);
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    if (since === undefined) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [since]);
  // Whoever leaves the page does not want to be heard any more.
  useEffect(
    () => () => {
      gone.current = true;
      silence(recorder.current);
    },
    [],
  );

  const begin = async (): Promise<void> => {
    setTrouble(undefined);
    setAsking(true);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      // They were asked by their browser, and left before they answered.
      if (gone.current) return close(stream);
      const [type, ending] = TYPES.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? ['', 'webm'];
      const made = new MediaRecorder(stream, type === '' ? {} : { mimeType: type });
      const parts: Blob[] = [];
      made.ondataavailable = ({ data }) => {
        parts.push(data);
        // A microphone may take a while to wake up: the clock counts what is recorded.
        if (data.size > 0) setSince((before) => before ?? performance.now());
      };
      made.onstop = () => {
        silence(made);
        take(new File(parts, `${say('try.speak')}.${ending}`, { type: made.mimeType }));
      };
      made.start(250);
      recorder.current = made;
      setNow(performance.now());
      setSince(undefined);
      setOn(true);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setAsking(false);
    }
  };
  const end = (): void => {
    recorder.current?.stop();
    setOn(false);
  };

  if (!('mediaDevices' in navigator)) return <p class="hint">{say('try.unsafe')}</p>;
  return (
    <>
      <div class="row">
        {!on ? (
          <button type="button" class="button" disabled={asking} onClick={() => void begin()}>
            <Icon name="try" />
            {say('try.record')}
          </button>
        ) : (
          <>
            <button type="button" class="button primary" onClick={end}>
              <Icon name="stop" />
              {say('try.stop')}
            </button>
            <span class="recording">
              {say('try.recording', {
                time: clock(since === undefined ? 0 : Math.max(0, now - since) / 1000),
              })}
            </span>
          </>
        )}
      </div>
      {trouble !== undefined && (
        <p class="bad-text" role="alert">
          {say('try.noMicrophone', { reason: trouble })}
        </p>
      )}
    </>
  );
}

/** The browser stops showing that it listens. */
function silence(recorder: MediaRecorder | undefined): void {
  if (!recorder) return;
  recorder.onstop = null;
  close(recorder.stream);
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
