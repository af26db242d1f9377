import { useState } from 'preact/hooks';
import type { Webhook, WebhookDelivery } from '../api/admin-types';
import { send } from '../api/client';
import { announce } from '../parts/announcer';
import { Confirm } from '../parts/confirm';
import { fullTime } from '../words/forms';
import { say, WordKey } from '../words/words';

interface WebhookRowProps {
  webhook: Webhook;
  act: (work: () => Promise<void>) => Promise<void>;
}

export function WebhookRow({ webhook, act }: WebhookRowProps) {
  const [asking, setAsking] = useState(false);
  const { id, url, events, disabledAt } = webhook;
  const ping = async (): Promise<void> => {
    const { status, problem, state } = await send<WebhookDelivery>('POST', `/webhooks/${id}/ping`);
    announce(
      state === 'delivered' || (status !== null && status < 300)
        ? say('webhooks.pinged', { status: status ?? '' })
        : say('webhooks.pingFailed', { problem: problem ?? String(status ?? '') }),
    );
  };
  return (
    <tr>
      <th scope="row" class="mono">
        {url ?? '–'}
      </th>
      <td>{events.map((event) => say(`status.${event}` as WordKey)).join(', ')}</td>
      <td>
        <State webhook={webhook} />
      </td>
      <td>
        <div class="row">
          <button type="button" class="button small" onClick={() => void act(ping)}>
            {say('webhooks.ping')}
          </button>
          {disabledAt !== null && (
            <button
              type="button"
              class="button small"
              onClick={() => void act(() => send('POST', `/webhooks/${id}/enable`))}
            >
              {say('webhooks.enable')}
            </button>
          )}
          <button type="button" class="button small danger" onClick={() => setAsking(true)}>
            {say('webhooks.remove')}
          </button>
        </div>
        {asking && (
          <Confirm
            title={say('webhooks.removeTitle')}
            text={say('webhooks.removeText')}
            action={say('webhooks.remove')}
            confirmed={() => void act(() => send('DELETE', `/webhooks/${id}`))}
            closed={() => setAsking(false)}
          />
        )}
      </td>
    </tr>
  );
}

function State({ webhook: { disabledAt, disabledReason, failingSince } }: { webhook: Webhook }) {
  if (disabledAt !== null)
    return <span class="bad-text">{say('webhooks.disabled', { reason: disabledReason ?? '' })}</span>;
  if (failingSince !== null)
    return <span class="bad-text">{say('webhooks.failing', { time: fullTime(failingSince) })}</span>;
  return <span class="badge good">{say('webhooks.active')}</span>;
}
