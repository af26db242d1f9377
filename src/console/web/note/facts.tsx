import type { ComponentChildren } from 'preact';
import type { Job, Person } from '../api/types';
import { bytes, clock, fullTime, languageName, platformName } from '../words/forms';
import { say, WordKey } from '../words/words';

export function Facts({ job }: { job: Job }) {
  const { media, source, language, user, author } = job;
  const facts: [WordKey, ComponentChildren][] = [
    ['fact.platform', platformName(job.platform)],
    ['fact.asked', nameOf(user)],
    ['fact.spoken', author.id === user.id ? undefined : nameOf(author)],
    ['fact.created', fullTime(job.createdAt)],
    ['fact.finished', job.finishedAt && fullTime(job.finishedAt)],
    ['fact.length', media.seconds === undefined ? undefined : clock(media.seconds)],
    ['fact.language', language && languageName(language)],
    ['fact.format', media.format],
    ['fact.size', media.bytes === undefined ? undefined : bytes(media.bytes)],
    ['fact.link', source.url],
    ['fact.attempts', job.attempts > 0 ? job.attempts : undefined],
    [
      'fact.corrected',
      job.corrected && say(`correctedBy.${job.corrected.by}`, { time: fullTime(job.corrected.at) }),
    ],
    ['fact.reused', job.reused ? say('fact.reusedYes') : undefined],
    ['fact.id', <span class="mono">{job.id}</span>],
  ];
  return (
    <section class="card stack" aria-labelledby="facts-title">
      <h2 id="facts-title">{say('note.facts')}</h2>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== undefined && value !== null && value !== '')
          .map(([key, value]) => (
            <div key={key}>
              <dt>{say(key)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function nameOf({ id, name }: Person): ComponentChildren {
  return name === undefined ? id : `${name} (${id})`;
}
