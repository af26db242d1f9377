import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf } from '../api/client';
import type { Job, Segment } from '../api/types';
import { announce } from '../parts/announcer';
import { Icon } from '../parts/icon';
import { useSession } from '../session/session';
import { say } from '../words/words';
import { Correction } from './correction';
import { SegmentLine } from './segment-line';
import { DOUBT } from './timed-words';
import { isFinished } from './use-note';

const FORMATS = ['txt', 'srt', 'vtt', 'json'];

interface TranscriptProps {
  job: Job;
  segments: readonly Segment[];
  /** Where the recording is played, in seconds; undefined while it is not. */
  at?: number;
  play?: (from: number) => void;
  /** After a correction; missing where nothing can be corrected. */
  changed?: (job: Job) => void;
  children?: ComponentChildren;
}

export function Transcript({ job, segments, at, play, changed, children }: TranscriptProps) {
  const { isAdmin } = useSession();
  const [correcting, setCorrecting] = useState(false);
  const correctable = changed !== undefined && isAdmin && job.status === 'done' && segments.length > 0;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(job.text ?? '');
    announce(say('note.copied'));
  };
  const doubts = segments.some(({ words }) => words?.some(({ confidence }) => confidence < DOUBT));
  return (
    <section class="card stack" aria-labelledby="words-title">
      <div class="card-head">
        <h2 id="words-title">{say('note.words')}</h2>
        {job.text && (
          <div class="row">
            {correctable && !correcting && (
              <button type="button" class="button small" onClick={() => setCorrecting(true)}>
                <Icon name="pencil" />
                {say('note.correct')}
              </button>
            )}
            {navigator.clipboard && (
              <button type="button" class="button small" onClick={() => void copy()}>
                <Icon name="copy" />
                {say('note.copy')}
              </button>
            )}
            <span class="hint">{say('note.download')}</span>
            {FORMATS.map((format) => (
              <a
                key={format}
                class="button small"
                href={addressOf(`/jobs/${job.id}/transcript`, { format })}
                download
              >
                {format}
              </a>
            ))}
          </div>
        )}
      </div>
      {children}
      {correctable && correcting ? (
        <Correction job={job} segments={segments} changed={changed} closed={() => setCorrecting(false)} />
      ) : (
        <Heard job={job} segments={segments} at={at} play={play} />
      )}
      {doubts && <p class="hint">{say('note.doubt')}</p>}
    </section>
  );
}

/** Until the next one begins: between two of them the eye keeps its place. */
function isPlaying(segments: readonly Segment[], index: number, at: number | undefined): boolean {
  const [segment, next] = [segments[index], segments[index + 1]];
  return (
    at !== undefined && segment !== undefined && at >= segment.start && at < (next?.start ?? segment.end)
  );
}

function Heard({ job, segments, at, play }: TranscriptProps) {
  const { text, outcome, status } = job;
  if (segments.length > 0)
    return (
      <ol class="segments" lang={job.language ?? undefined} data-live={!isFinished(status) || undefined}>
        {segments.map((segment, index) => (
          <SegmentLine
            key={index}
            segment={segment}
            at={isPlaying(segments, index, at) ? at : undefined}
            play={play}
          />
        ))}
      </ol>
    );
  if (text) return <p class="plain-text">{text}</p>;
  if (outcome === 'no_speech' || outcome === 'music') return <p class="muted">{say(`outcome.${outcome}`)}</p>;
  // Somebody spoke, and it is not for this reader.
  if (status === 'done' && outcome === 'speech') return <p class="muted">{say('note.privateText')}</p>;
  return <p class="muted">{say('note.noText')}</p>;
}
