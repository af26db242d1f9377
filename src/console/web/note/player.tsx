import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { addressOf } from '../api/client';
import type { Job } from '../api/types';
import { useSession } from '../session/session';
import { say } from '../words/words';

interface PlayerProps {
  job: Job;
  audio: RefObject<HTMLAudioElement | null>;
  /** Where the recording is, in seconds, several times a second; undefined when it has ended. */
  moved: (at: number | undefined) => void;
}

/** The recording, where it was kept. */
export function Player({ job, audio, moved }: PlayerProps) {
  const { isAdmin } = useSession();
  const playable = job.audio === true && isAdmin;
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    let frame = 0;
    // The browser's own event comes four times a second: too seldom for words.
    const follow = (): void => {
      moved(element.currentTime);
      if (!element.paused) frame = requestAnimationFrame(follow);
    };
    const begin = (): void => {
      cancelAnimationFrame(frame);
      follow();
    };
    const end = (): void => moved(undefined);
    element.addEventListener('play', begin);
    element.addEventListener('seeked', begin);
    element.addEventListener('ended', end);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('play', begin);
      element.removeEventListener('seeked', begin);
      element.removeEventListener('ended', end);
    };
  }, [audio, moved, playable]);

  if (!playable) return <p class="hint">{say(job.audio === true ? 'note.adminAudio' : 'note.notKept')}</p>;
  return (
    <audio
      ref={audio}
      controls
      preload="metadata"
      src={addressOf(`/jobs/${job.id}/audio`)}
      aria-label={say('note.listen')}
    />
  );
}
