import { audio, clientOf, download, errorOf } from './bolt-app';
import { SlackServer } from './slack-server';

let slack: SlackServer;

afterEach(async () => {
  await slack.stop();
});

describe('the Web API', () => {
  beforeEach(async () => {
    slack = await SlackServer.start({ separateFilesHost: true });
  });

  it('tells tokens, scopes and channels apart', async () => {
    const api = clientOf(slack);
    const channel = slack.world.addChannel();
    const secret = slack.world.addChannel({ kind: 'group', withBot: false });
    const open = slack.world.addChannel({ withBot: false });
    const old = slack.world.addChannel({ archived: true });
    const { response_metadata } = await api.auth.test();
    expect(response_metadata?.scopes).toContain('files:read');
    const post = (to: { id: string }, text = 'hi') => errorOf(api.chat.postMessage({ channel: to.id, text }));
    expect(await post(channel)).toBe('none');
    expect(await post(secret)).toBe('channel_not_found');
    expect(await post(open)).toBe('not_in_channel');
    expect(await post(old)).toBe('is_archived');
    expect(await post(channel, 'x'.repeat(40_001))).toBe('msg_too_long');
    slack.world.team().bot.scopes.delete('chat:write');
    const missing = await api.chat
      .postMessage({ channel: channel.id, text: 'hi' })
      .catch((error: { data: unknown }) => error.data);
    expect(missing).toMatchObject({ error: 'missing_scope', needed: 'chat:write' });
    const stranger = clientOf(slack, 'xoxb-1');
    expect(await errorOf(stranger.auth.test())).toBe('invalid_auth');
  });

  it('holds blocks and updates to their limits', async () => {
    const api = clientOf(slack);
    const { id: channel } = slack.world.addChannel();
    const section = (length: number) => ({
      type: 'section' as const,
      text: { type: 'mrkdwn' as const, text: 'ä'.repeat(length) },
    });
    const post = (blocks: ReturnType<typeof section>[]) =>
      errorOf(api.chat.postMessage({ channel, text: 't', blocks }));
    expect(await post([section(3000)])).toBe('none');
    expect(await post([section(3001)])).toBe('invalid_blocks');
    expect(await post(Array.from({ length: 5 }, () => section(2700)))).toBe('msg_blocks_too_long');
    const { ts = '' } = await api.chat.postMessage({ channel, text: 'x', blocks: [section(3)] });
    expect(await errorOf(api.chat.update({ channel, ts, text: 'ä'.repeat(2001) }))).toBe('msg_too_long');
    await api.chat.update({ channel, ts, text: 'y' });
    expect(slack.world.message(channel, ts)?.blocks).toHaveLength(1);
    await api.chat.update({ channel, ts, text: 'z', blocks: [] });
    expect(slack.world.message(channel, ts)?.blocks).toBeUndefined();
  });

  it('lets a message be found by its metadata, and an ephemeral one not at all', async () => {
    const api = clientOf(slack);
    const mara = slack.world.addUser();
    const { id: channel } = slack.world.addChannel({ creator: mara });
    const { message } = slack.people.say({
      user: mara,
      channel,
      text: 'see https://example.com/?a=1&b=2 <3',
    });
    expect(message.text).toBe('see <https://example.com/?a=1&amp;b=2> &lt;3');
    const metadata = { event_type: 'hark_answer', event_payload: { key: 'k1' } };
    await api.chat.postMessage({ channel, thread_ts: message.ts, text: 'reply', metadata });
    await api.chat.postEphemeral({ channel, user: mara.id, text: 'psst' });
    const thread = await api.conversations.replies({ channel, ts: message.ts, include_all_metadata: true });
    expect(thread.messages?.map(({ metadata: found }) => found?.event_payload)).toEqual([
      undefined,
      { key: 'k1' },
    ]);
    const plain = await api.conversations.replies({ channel, ts: message.ts });
    expect(plain.messages?.[1]?.metadata).toBeUndefined();
    const history = await api.conversations.history({ channel });
    expect(history.messages).toMatchObject([{ text: message.text, reply_count: 1 }]);
    slack.people.deleteMessage(message);
    const left = await api.conversations.replies({ channel, ts: message.ts });
    expect(left.messages).toMatchObject([{ subtype: 'tombstone' }, { text: 'reply' }]);
  });

  it('gives 429, loses answers before and after the effect, and counts hasty posts', async () => {
    const api = clientOf(slack);
    const { id: channel } = slack.world.addChannel();
    const post = () => errorOf(api.chat.postMessage({ channel, text: 'once' }));
    slack.faults.next({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 0 });
    await post();
    slack.faults.next({ method: 'chat.postMessage', kind: 'status', status: 503 });
    expect(await post()).toBe('slack_webapi_http_error');
    slack.faults.next({ method: /^chat\./, kind: 'drop', when: 'before' });
    expect(await post()).toBe('slack_webapi_request_error');
    expect(slack.world.messagesIn(channel)).toHaveLength(0);
    slack.faults.next({ method: '*', kind: 'drop', when: 'after' });
    expect(await post()).toBe('slack_webapi_request_error');
    expect(slack.world.messagesIn(channel)).toHaveLength(1);
    expect(slack.log.callsOf('chat.postMessage').map(({ fault }) => fault)).toEqual([
      'ratelimited',
      'status 503',
      'drop before',
      'drop after',
    ]);
    slack.postRate.enforce = { burst: 1 };
    await post();
    expect(slack.postRate.tooFast).toBe(1);
    slack.advance(1000);
    expect(await post()).toBe('none');
  });

  it('keeps response addresses to five uses within half an hour', async () => {
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const { body } = await slack.gestures.command({ user: mara, channel, command: '/hark' });
    const respond = async (text: string) => {
      const response = await fetch(String(body.response_url), {
        method: 'POST',
        body: JSON.stringify({ text }),
      });
      return [response.status, await response.text()];
    };
    for (let use = 1; use <= 5; use += 1) expect(await respond(`answer ${use}`)).toEqual([200, 'ok']);
    expect(await respond('one more')).toEqual([404, 'used_url']);
    slack.advance(31 * 60_000);
    expect(await respond('late')).toEqual([404, 'expired_url']);
    expect(slack.world.ephemerals).toHaveLength(5);
  });
});

describe('files', () => {
  it('break off in the middle, or wait there', async () => {
    slack = await SlackServer.start();
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const { files } = slack.shareFile({ user: mara, channel, files: [{ content: audio }] });
    const { file } = await clientOf(slack).files.info({ file: files[0]?.id ?? '' });
    const url = file?.url_private ?? '';
    slack.faults.next({ method: 'download', kind: 'drop', when: 'after' });
    await expect((await download(slack, url)).arrayBuffer()).rejects.toThrow('terminated');
    const hold = Promise.withResolvers<void>();
    slack.faults.next({ method: 'download', kind: 'hold', until: hold.promise });
    const body = (await download(slack, url)).body?.getReader();
    const first = await body?.read();
    expect(first?.value?.length).toBe(Math.floor(audio.length / 2));
    hold.resolve();
    const second = await body?.read();
    expect(second?.value?.length).toBe(Math.ceil(audio.length / 2));
    expect(slack.log.downloads.map(({ outcome }) => outcome)).toEqual(['dropped', 'bytes']);
  });

  it('are behind token and scope, and never follow a redirect with the token', async () => {
    slack = await SlackServer.start({ separateFilesHost: true });
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const clip = { content: audio, access: 'check_file_info' as const, mimetype: '' };
    const { files, deliveries } = slack.shareFile({ user: mara, channel, files: [clip] });
    expect(deliveries[0]?.body).toMatchObject({ event: { files: [{ file_access: 'check_file_info' }] } });
    const { file } = await clientOf(slack).files.info({ file: files[0]?.id ?? '' });
    expect(file).toMatchObject({
      subtype: 'slack_audio',
      mimetype: '',
      file_access: 'visible',
      size: audio.length,
    });
    const url = file?.url_private_download ?? '';
    expect(new URL(url).host).toBe(slack.filesHost);
    expect(Buffer.from(await (await download(slack, url)).arrayBuffer())).toEqual(audio);

    slack.files.redirectElsewhere = true;
    const moved = await download(slack, url);
    expect(new URL(moved.headers.get('location') ?? '').host).toBe(slack.elsewhereHost);
    slack.world.team().bot.scopes.delete('files:read');
    const page = await download(slack, url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    slack.files.refusal = 'redirect';
    expect((await download(slack, url)).status).toBe(302);
    expect(await errorOf(clientOf(slack).files.info({ file: files[0]?.id ?? '' }))).toBe('missing_scope');
    slack.shareFile({ user: mara, channel, files: [{ content: audio }] });
    expect(slack.log.suppressed.map(({ detail }) => detail)).toContain('files:read');
  });
});
