import { useState } from 'preact/hooks';
import { WEBHOOK_EVENTS } from '../api/admin-types';
import { send } from '../api/client';
import { fieldValue } from '../parts/field-value';
import { say } from '../words/words';

interface NewWebhookProps {
  act: (work: () => Promise<void>) => Promise<void>;
}

/** Adds an address, and shows its secret the one time that it can be seen. */
export function NewWebhook({ act }: NewWebhookProps) {
  const [secret, setSecret] = useState<string>();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    void act(async () => {
      const made = await send<{ secret: string }>('POST', '/webhooks', {
        url: fieldValue(data, 'url'),
        events: data.getAll('events'),
      });
      setSecret(made.secret);
      form.reset();
    });
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <div class="fields">
        <label class="field">
          <span>{say('webhooks.url')}</span>
          <input name="url" type="url" required placeholder="https://…" maxLength={2048} />
        </label>
        <button class="button primary">{say('webhooks.add')}</button>
      </div>
      <fieldset class="limits">
        <legend>{say('webhooks.events')}</legend>
        {WEBHOOK_EVENTS.map((event) => (
          <label key={event} class="check">
            <input type="checkbox" name="events" value={event} defaultChecked={event !== 'cancelled'} />
            <span>{say(`status.${event}`)}</span>
          </label>
        ))}
      </fieldset>
      {secret !== undefined && (
        <p class="secret" role="status">
          {say('webhooks.secret')} <code class="mono">{secret}</code>
        </p>
      )}
    </form>
  );
}
