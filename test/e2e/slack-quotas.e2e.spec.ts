import { PreferenceStore } from '../../src/core/preference-store';
import { SlackVisit, audio, says } from '../support/slack-visit';
import { Channel, EphemeralMessage, Group, User } from '../support/slack-server/slack-model';

const HELLO = 'Hello Peter, please bring three white flowers.';
const BY_THE_CLOCK = /<!date\^(\d+)\^\{time\} \(\{date_short_pretty\}\)\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/;

describe('limits in Slack', () => {
  let visit: SlackVisit;
  let admin: User;
  let editor: User;
  let group: Group;
  beforeAll(async () => {
    visit = await SlackVisit.start('Socket Mode', {}, { RATE_LIMIT_JOBS_PER_HOUR: '1' });
    const { world } = visit.slack;
    admin = world.addUser({ name: 'ada', isAdmin: true });
    editor = world.addUser({ name: 'editor' });
    group = world.addGroup('editors', [editor]);
  }, 60_000);
  afterAll(() => visit[Symbol.asyncDispose]());

  const settings = () =>
    visit.hark.app
      .get(PreferenceStore, { strict: false })
      .get({ platform: 'slack', kind: 'server', id: visit.slack.world.team().id });
  const asks = async (user: User, channel: Channel): Promise<string> => {
    const { message } = visit.slack.shareFile({ user, channel, files: [{ content: audio('01-en.ogg') }] });
    await visit.slack.gestures.shortcut(user, message, 'transcribe_message');
    return message.ts;
  };
  const refused = (channel: Channel, user: User, words: string) =>
    visit.toldIn(channel, user, (told) => says(told, words));
  const openLimits = async (channel: Channel): Promise<EphemeralMessage> => {
    const { gestures } = visit.slack;
    await gestures.command({ user: admin, channel, command: '/hark', text: 'settings' });
    const panel = await visit.toldIn(channel, admin, ({ blocks }) => blocks !== undefined);
    await use(panel, 'hark-settings:limits:members:show');
    return panel;
  };
  /** Until the panel has changed. */
  const use = async (panel: EphemeralMessage, action: string, choice?: string): Promise<void> => {
    const { length } = panel.revisions;
    await visit.slack.gestures.act(admin, panel, action, choice);
    await visit.slack.waitFor(`${action} to have its effect`, () => panel.revisions.length > length);
  };

  it('tell who has used theirs up when they may ask again, by their own clock', async () => {
    const mara = visit.slack.world.addUser({ name: 'mara' });
    const channel = visit.slack.world.addChannel({ creator: mara });
    await visit.answer(channel, await asks(mara, channel), HELLO);
    await asks(mara, channel);
    const told = await refused(channel, mara, 'You can ask again at');
    const [, at = 0] = BY_THE_CLOCK.exec(JSON.stringify(told.blocks)) ?? [];
    const wait = Number(at) - Date.now() / 1000;
    expect([wait > 3_400, wait <= 3_601]).toEqual([true, true]);
  }, 60_000);

  it('tell the author of a note that nobody asked for, in their language', async () => {
    const peter = visit.slack.world.addUser({ name: 'peter', locale: 'de-DE' });
    const channel = await visit.automaticChannel(admin);
    visit.slack.channels.join(channel, peter);
    const clip = { user: peter, channel, files: [{ content: audio('01-en.ogg') }] };
    await visit.answer(channel, visit.slack.shareFile(clip).message.ts, HELLO);
    visit.slack.shareFile(clip);
    const told = await refused(channel, peter, 'geht es wieder');
    expect(JSON.stringify(told.blocks)).toMatch(BY_THE_CLOCK);
  }, 60_000);

  it('are set for user groups and people by admins, and hold for them', async () => {
    const { world, gestures } = visit.slack;
    const guest = world.addUser({ name: 'guest' });
    const channel = world.addChannel({ creator: admin, members: [editor, guest] });
    const panel = await openLimits(channel);
    await use(panel, 'hark-settings:limits:pick-role', group.id);
    await use(panel, `hark-settings:limits:role-${group.id}:jobsPerHour`, '5');
    await use(panel, 'hark-settings:limits:pick-user', guest.id);
    await use(panel, `hark-settings:limits:user-${guest.id}:jobsPerHour`, '0');
    expect(says(panel, `<!subteam^${group.id}>: Transcripts in an hour: 5`)).toBe(true);
    expect(await settings()).toEqual({
      quota: {
        exceptions: [
          { role: group.id, limits: { jobsPerHour: 5 } },
          { user: guest.id, limits: { jobsPerHour: 0 } },
        ],
      },
    });
    for (const user of [editor, guest]) {
      for (let time = 0; time < 2; time++) await visit.answer(channel, await asks(user, channel), HELLO);
    }
    await use(panel, 'hark-settings:limits:server:show');
    await use(panel, 'hark-settings:limits:server:jobsPerHour', '1');
    await asks(editor, channel);
    await refused(channel, editor, 'the limit of this place');
    await use(panel, 'hark-settings:limits:server:jobsPerHour', 'usual');
    await gestures.command({ user: guest, channel, command: '/hark', text: 'settings' });
    await refused(channel, guest, 'admins');
  }, 60_000);
});
