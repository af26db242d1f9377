import { useLoaded } from '../api/use-loaded';
import type { Model } from '../api/types';
import { Icon } from '../parts/icon';
import { Loading, WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { useSession } from '../session/session';
import { say } from '../words/words';
import { Models } from './models';
import { Parts } from './parts';
import { useParts } from './use-parts';

const EVERY_MS = 5000;

export function SystemPage() {
  const { parts } = useParts();
  const models = useLoaded<Model[]>('/models', undefined, EVERY_MS);
  const { isAdmin } = useSession();
  return (
    <div class="stack">
      <PageHeader title={say('page.system')} lead={say('system.lead')} />
      {parts ? <Parts parts={parts} /> : <Loading />}
      <WhenLoaded of={models}>{(value) => <Models models={value} />}</WhenLoaded>
      {isAdmin && <Queue />}
    </div>
  );
}

function Queue() {
  const { queueBoard } = useSession();
  return (
    <section class="card stack" aria-labelledby="queue-title">
      <h2 id="queue-title">{say('system.queue')}</h2>
      <p class="muted">{say(queueBoard ? 'system.queueHint' : 'system.queueNone')}</p>
      {queueBoard && (
        <p>
          <a class="button" href="queues">
            <Icon name="system" />
            {say('system.queueOpen')}
          </a>
        </p>
      )}
    </section>
  );
}
