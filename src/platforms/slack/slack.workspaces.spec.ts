import { openSlackHome } from '../../../test/support/slack-home';
import { Fact, Telemetry } from '../../core/telemetry';
import { SlackWebApi } from './slack-web-api.service';

describe('Slack’s limits', () => {
  it('are told to whoever counts, each time that one is met', async () => {
    const { slack, app, close } = await openSlackHome();
    const told: Fact[] = [];
    app.get(Telemetry, { strict: false }).listen((fact) => told.push(fact));
    slack.faults.next({ method: 'auth.test', times: 2, kind: 'ratelimited', retryAfter: 1 });
    const ask = () =>
      app
        .get(SlackWebApi, { strict: false })
        .call(undefined, (client) => client.auth.test(), new AbortController().signal);
    for (const time of [1, 2]) {
      await expect(ask()).rejects.toMatchObject({ name: 'HarkError', retryable: true });
      expect(told).toHaveLength(time);
    }
    await ask();
    await close();
    expect(told).toEqual([1, 2].map(() => ({ type: 'rate-limited', platform: 'slack' })));
  });
});
