import { spokenIn } from '../support/notes';
import { User } from '../support/slack-server/slack-model';
import { SlackVisit, audio, says } from '../support/slack-visit';

const HELLO = spokenIn('01-en.ogg');
const CODE = spokenIn('02-en.ogg');
const DANKE = spokenIn('03-de.ogg');
const CALL = spokenIn('04-en.ogg');

describe.each(['Socket Mode', 'HTTP'] as const)('Slack over %s', (transport) => {
  let visit: SlackVisit;
  let mara: User;
  beforeAll(async () => {
    visit = await SlackVisit.start(transport);
    mara = visit.slack.world.addUser({ name: 'mara' });
  }, 60_000);
  afterAll(() => visit[Symbol.asyncDispose]());

  it('answers a clip in an automatic channel in its thread, once, however often its events come', async () => {
    const { slack } = visit;
    const channel = await visit.automaticChannel(mara);
    slack.deliveries.duplicateEvents = true;
    slack.deliveries.loseAcks(2);
    const { message, deliveries } = slack.shareFile({
      user: mara,
      channel,
      files: [{ content: audio('01-en.ogg'), mimetype: '' }],
    });
    const answer = await visit.answer(channel, message.ts, HELLO);
    slack.deliveries.duplicateEvents = false;
    for (const delivery of deliveries) await slack.deliveries.redeliver(delivery);
    expect(await visit.acknowledged()).toBeLessThan(3_000);
    expect(await visit.jobsIn(channel)).toHaveLength(1);
    expect(visit.own(channel)).toEqual([answer]);
    expect(answer.revisions.length).toBeGreaterThan(0);
  }, 60_000);

  it('answers /transcribe with a link', async () => {
    const { slack } = visit;
    const channel = slack.world.addChannel({ creator: mara });
    const command = {
      user: mara,
      channel,
      command: '/transcribe',
      text: `${visit.link('03-de.ogg')} german`,
    };
    const { state, attempts } = await slack.gestures.command(command);
    expect([state, attempts[0]?.latencyMs]).toEqual(['acked', expect.any(Number)]);
    await slack.waitForMessage(channel, (message) => says(message, DANKE), 25_000);
    expect(visit.own(channel)).toHaveLength(1);
    const [job] = await visit.jobsIn(channel);
    expect(job).toMatchObject({ options: { language: 'de' }, requester: { id: mara.id, name: 'mara' } });
    for (const [text, answer] of [
      ['', 'Usage: /transcribe'],
      ['nonsense', 'Usage: /transcribe'],
      [`${visit.link('01-en.ogg')} klingon`, 'does not know this language'],
    ] as const) {
      await slack.gestures.command({ ...command, text });
      await visit.toldIn(channel, mara, (told) => says(told, answer));
    }
    expect(await visit.jobsIn(channel)).toHaveLength(1);
  }, 60_000);

  it('answers the shortcut, and says when the answer is there already', async () => {
    const { slack } = visit;
    const peter = slack.world.addUser({ name: 'peter' });
    const channel = slack.world.addChannel({ creator: mara, members: [peter] });
    const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio('02-en.ogg') }] });
    const { state } = await slack.gestures.shortcut(peter, message, 'transcribe_message');
    expect(state).toBe('acked');
    await visit.answer(channel, message.ts, CODE);
    expect(await visit.jobsIn(channel)).toMatchObject([
      { author: { id: mara.id }, requester: { id: peter.id } },
    ]);
    await slack.gestures.shortcut(mara, message, 'transcribe_message');
    await visit.toldIn(channel, mara, (told) => says(told, 'below that recording already'));
    const { message: words } = slack.people.say({ user: mara, channel, text: 'only words' });
    await slack.gestures.shortcut(mara, words, 'transcribe_message');
    await visit.toldIn(channel, mara, (told) => says(told, 'no recording in this message'));
    expect(await visit.jobsIn(channel)).toHaveLength(1);
  }, 60_000);

  it('answers a mention that brings a file, stands below one, or brings a link', async () => {
    const { slack } = visit;
    const channel = slack.world.addChannel({ creator: mara });
    const mention = `<@${slack.botUserId}>`;
    const clip = { user: mara, channel, files: [{ content: audio('04-en.ogg') }] };
    const { message: note } = slack.shareFile(clip);
    slack.deliveries.duplicateEvents = true;
    const { message: first } = slack.shareFile({ ...clip, text: `${mention} please` });
    await visit.answer(channel, first.ts, CALL);
    slack.people.say({ user: mara, channel, text: `${mention} and this?`, threadTs: note.ts });
    await visit.answer(channel, note.ts, CALL);
    const { message: linked } = slack.people.say({
      user: mara,
      channel,
      text: `${mention} ${visit.link('02-en.ogg')}`,
    });
    await visit.answer(channel, linked.ts, CODE);
    await visit.acknowledged();
    slack.deliveries.duplicateEvents = false;
    expect(visit.own(channel)).toHaveLength(3);
    expect(await visit.jobsIn(channel)).toHaveLength(3);
    expect(slack.log.callsOf('chat.postEphemeral')).toEqual([]);
    slack.people.say({ user: mara, channel, text: `${mention} again!`, threadTs: note.ts });
    await visit.toldIn(channel, mara, (told) => says(told, 'below that recording already'));
  }, 60_000);
});
