import { memo } from 'preact/compat';
import type { Segment } from '../api/types';
import { clock } from '../words/forms';
import { say } from '../words/words';
import { DOUBT, textPieces } from './timed-words';

interface SegmentLineProps {
  segment: Segment;
  /** Where the recording is, in seconds; undefined when it is not in this segment. */
  at?: number;
  /** Undefined where there is nothing to play. */
  play?: (from: number) => void;
}

/** A stretch of speech with its time; the word that is being played is marked, and those in doubt. */
export const SegmentLine = memo(function SegmentLine({ segment, at, play }: SegmentLineProps) {
  const time = clock(segment.start);
  return (
    <li class="segment" data-playing={at !== undefined || undefined}>
      {play ? (
        <button
          type="button"
          class="segment-time"
          onClick={() => play(segment.start)}
          aria-label={say('note.playFrom', { time })}
        >
          {time}
        </button>
      ) : (
        <span class="segment-time">{time}</span>
      )}
      <p>
        {textPieces(segment).map(({ text, word }, index) => {
          if (!word) return text;
          const spoken = at !== undefined && at >= word.start && at < word.end;
          const doubtful = word.confidence < DOUBT;
          if (!spoken && !doubtful) return text;
          const share = Math.round(word.confidence * 100);
          return (
            <span
              key={index}
              class={`${doubtful ? 'doubtful' : ''} ${spoken ? 'spoken' : ''}`}
              title={doubtful ? say('note.doubtful', { word: text, share }) : undefined}
            >
              {text}
              {doubtful && <span class="unseen"> ({say('note.inDoubt')})</span>}
            </span>
          );
        })}
      </p>
    </li>
  );
});
