import { openSlackHome, SlackHome } from '../../../../test/support/slack-home';
import { AnswerStore } from '../../../core/answer-store';
import { Interruption } from '../../../core/interruption';
import { JobStore } from '../../../core/job-store';
import { SlackMessage } from '../slack-payload';
import { MessageHandler } from './message.handler';

describe('a message that could not be taken in', () => {
  let home: SlackHome;

  beforeEach(async () => {
    home = await openSlackHome();
  });
  afterEach(() => home.close());

  it('is not given up: it is taken in when Slack brings it again', async () => {
    const { slack, app } = home;
    const mara = slack.world.addUser({ name: 'mara' });
    const im = slack.world.im(mara);
    const text = 'https://example.org/note.ogg';
    const { message: said } = slack.people.say({ user: mara, channel: im, text });
    const message: SlackMessage = { channel: im.id, channel_type: 'im', ts: said.ts, user: mara.id, text };
    const heard = { message, team: im.teamId, botUserId: slack.botUserId, as: 'message' } as const;
    const handler = app.get(MessageHandler, { strict: false });

    jest.spyOn(app.get(JobStore, { strict: false }), 'add').mockRejectedValueOnce(new Error('no database'));
    const stopped = AbortSignal.abort(new Interruption('shutdown'));
    await expect(handler.handle(heard, stopped)).rejects.toThrow();

    await handler.handle(heard, new AbortController().signal);
    const answers = await app.get(AnswerStore, { strict: false }).ofMessage('slack', im.id, said.ts);
    expect(answers).toHaveLength(1);
  });
});
