import { memo } from 'preact/compat';
import type { Job } from '../api/types';
import { Icon } from '../parts/icon';
import { StatusBadge } from '../parts/status-badge';
import { hrefOf } from '../shell/router';
import { clock, fullTime, platformName, shortTime } from '../words/forms';
import { say } from '../words/words';
import { Marked } from './marked';
import { titleOf } from './title';

interface NoteRowProps {
  job: Job;
  /** Place in the list, from 0, and how high rows are. */
  index: number;
  rowHeight: number;
  /** How many there are; -1 while that is not known. */
  of: number;
  words: string;
}

/** One note in the list. Drawn again only when something about it is new. */
export const NoteRow = memo(function NoteRow({ job, index, rowHeight, of, words }: NoteRowProps) {
  const moving = job.status === 'running' || job.status === 'delivering';
  return (
    <li
      class="note-row"
      aria-setsize={of}
      aria-posinset={index + 1}
      data-id={job.id}
      style={{ transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }}
    >
      <a href={hrefOf('notes', job.id)}>
        <StatusBadge status={job.status} />
        <span class="note-what">
          <span class="note-title">
            {job.private && (
              <span class="private" title={say('notes.private')}>
                <Icon name="lock" />
                <span class="unseen">{say('notes.private')}</span>
              </span>
            )}
            {titleOf(job)}
            {job.author.name && <span class="note-person">{job.author.name}</span>}
          </span>
          <span class="note-text">
            <Said job={job} words={words} />
          </span>
        </span>
        <span class="note-about">
          <span>{job.media.seconds === undefined ? '' : clock(job.media.seconds)}</span>
          <span class="chip">{platformName(job.platform)}</span>
          <time dateTime={job.createdAt} title={fullTime(job.createdAt)}>
            {shortTime(job.createdAt)}
          </time>
        </span>
        {moving && (
          <progress max={1} value={job.progress} aria-label={say(`status.${job.status}`)} tabIndex={-1} />
        )}
      </a>
    </li>
  );
});

function Said({ job: { text, error, outcome, status }, words }: { job: Job; words: string }) {
  if (text) return <Marked text={text} words={words} />;
  if (error && status !== 'done') return <span class="bad-text">{error.message}</span>;
  if (outcome === 'no_speech' || outcome === 'music') return <i>{say(`outcome.${outcome}`)}</i>;
  return null;
}
