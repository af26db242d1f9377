import { buffer } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { openSlackHome, SlackHome } from '../../../test/support/slack-home';
import { Channel, SlackFile, User } from '../../../test/support/slack-server/slack-model';
import { PlatformRegistry } from '../../core/platform.registry';

const { signal } = new AbortController();
const VOICE = Buffer.from('OggS and then some bytes that stand for a voice');
let home: SlackHome;
let mara: User;
let channel: Channel;
let logged: jest.SpyInstance;

beforeEach(async () => {
  logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  home = await openSlackHome({ separateFilesHost: true });
  mara = home.slack.world.addUser();
  channel = home.slack.world.addChannel({ creator: mara });
});
afterEach(async () => {
  await home.close();
  logged.mockRestore();
});

function shared(file: Partial<SlackFile> = {}): SlackFile {
  const { files } = home.slack.shareFile({ user: mara, channel, files: [{ content: VOICE, ...file }] });
  return files[0] as SlackFile;
}
async function open({ id }: { id: string }): Promise<Buffer> {
  const platform = home.app.get(PlatformRegistry, { strict: false }).get('slack');
  const source = { kind: 'attachment', platform: 'slack', ids: { team: channel.teamId, file: id } } as const;
  return buffer((await platform.openMedia(source, signal)).stream);
}
const missing = { code: 'scope_missing', retryable: false, params: { scope: 'files:read' } };

it('opens files whatever Slack says they are, also those of other workspaces', async () => {
  for (const file of [shared(), shared({ mimetype: '' }), shared({ access: 'check_file_info' })])
    expect((await open(file)).equals(VOICE)).toBe(true);
});

it('names the missing scope to the admin, and keeps it from the user', async () => {
  home.slack.world.team().bot.scopes.delete('files:read');
  const error: unknown = await open(shared()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject(missing);
  expect((error as { userMessage: string }).userMessage).not.toContain('files:read');
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('files:read'));
});

it('knows a login page for what it is', async () => {
  home.slack.faults.next({ method: 'download', kind: 'error', error: 'login' });
  await expect(open(shared())).rejects.toMatchObject(missing);
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('files:read'));
});

it('knows a redirect to the login page for what it is', async () => {
  home.slack.files.refusal = 'redirect';
  const granted = Promise.withResolvers<void>();
  home.slack.faults.next({ method: 'files.info', kind: 'hold', until: granted.promise });
  const opened = open(shared()).catch((thrown: unknown) => thrown);
  await home.slack.waitForCall('files.info');
  home.slack.world.team().bot.scopes.delete('files:read');
  granted.resolve();
  expect(await opened).toMatchObject(missing);
});

it('takes a page that somebody has shared for a file like any other', async () => {
  const content = Buffer.from('<!DOCTYPE html><html><body>Not a recording</body></html>');
  expect((await open(shared({ content, mimetype: 'text/html' }))).equals(content)).toBe(true);
  expect((await open(shared({ content, mimetype: 'audio/ogg' }))).equals(content)).toBe(true);
});

it('never shows the token to another host', async () => {
  home.slack.files.redirectElsewhere = true;
  await expect(open(shared())).rejects.toMatchObject({ code: 'link_refused' });
  const elsewhere = home.slack.elsewhereHost;
  await home.again({
    SLACK_APP_TOKEN: home.slack.appToken,
    MEDIA_ALLOW_HOSTS: `${home.slack.filesHost},${elsewhere}`,
  });
  expect((await open(shared())).equals(VOICE)).toBe(true);
  expect(home.slack.log.downloads.filter(({ host }) => host === elsewhere)).toMatchObject([
    { outcome: 'bytes', authorization: undefined },
  ]);
});

it('says so when the file was deleted, or breaks off', async () => {
  const file = shared();
  home.slack.faults.next({ method: 'download', kind: 'drop', when: 'after' });
  await expect(open(file)).rejects.toMatchObject({ code: 'link_failed', retryable: true });
  home.slack.people.deleteFile(file);
  await expect(open(file)).rejects.toMatchObject({ code: 'media_gone', retryable: false });
});

it('tries again later when Slack is out of order', async () => {
  home.slack.faults.next({ method: 'files.info', kind: 'status', status: 503 });
  await expect(open(shared())).rejects.toMatchObject({ code: 'platform_unavailable', retryable: true });
});
