import { useState } from 'preact/hooks';
import type { Webhook } from '../api/admin-types';
import { Problem } from '../api/problem';
import { useLoaded } from '../api/use-loaded';
import { Empty } from '../parts/empty';
import { WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { ProblemNote } from '../parts/problem-note';
import { say } from '../words/words';
import { NewWebhook } from './new-webhook';
import { WebhookRow } from './webhook-row';

/** Who is told when notes end. */
export function WebhooksPage() {
  const webhooks = useLoaded<Webhook[]>('/webhooks');
  const [problem, setProblem] = useState<Problem>();
  const act = async (work: () => Promise<void>): Promise<void> => {
    try {
      setProblem(undefined);
      await work();
    } catch (error) {
      setProblem(Problem.from(error));
    } finally {
      webhooks.reload();
    }
  };
  return (
    <div class="stack">
      <PageHeader title={say('page.webhooks')} lead={say('webhooks.lead')} />
      <NewWebhook act={act} />
      {problem && <ProblemNote problem={problem} />}
      <WhenLoaded of={webhooks}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon="webhooks" title={say('webhooks.none')} />
          ) : (
            <div class="card table-box">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say('webhooks.url')}</th>
                    <th scope="col">{say('webhooks.events')}</th>
                    <th scope="col">{say('webhooks.state')}</th>
                    <th scope="col">{say('webhooks.actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((webhook) => (
                    <WebhookRow key={webhook.id} webhook={webhook} act={act} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </WhenLoaded>
    </div>
  );
}
