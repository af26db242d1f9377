import { App, BlockAction, ButtonAction } from '@slack/bolt';
import { audio, button, clientOf, download, errorOf, httpApp, socketApp } from './bolt-app';
import { SlackServer } from './slack-server';

let slack: SlackServer;
let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

/** What hark does with a clip, in short: download, listen, update, and a snippet for the whole. */
function transcribing(bolt: App) {
  bolt.message(async ({ message, client: api }) => {
    if (message.subtype !== 'file_share') return;
    const { channel, ts, files } = message;
    const posted = await api.chat.postMessage({ channel, thread_ts: ts, text: 'Listening …' });
    const media = await download(slack, files?.[0]?.url_private_download ?? '');
    const text = `Heard ${(await media.arrayBuffer()).byteLength} bytes`;
    const blocks = [
      { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
      button('erase', ts),
    ];
    await api.chat.update({ channel, ts: posted.ts ?? '', text, blocks });
    await api.files.uploadV2({
      channel_id: channel,
      thread_ts: ts,
      content: text,
      filename: 'transcript.txt',
    });
  });
  bolt.action<BlockAction<ButtonAction>>('erase', async ({ ack, body, respond }) => {
    await ack();
    await respond({ delete_original: true });
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: `Gone, ${body.user.username}`,
    });
  });
  bolt.command('/transcribe', async ({ ack, command, respond }) => {
    await ack({ response_type: 'ephemeral', text: `Fetching ${command.text}` });
    await respond({ response_type: 'in_channel', text: 'The words' });
  });
  bolt.shortcut('transcribe_message', async ({ ack, shortcut, client: api }) => {
    await ack();
    const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text: 'Hello' } }];
    const title = { type: 'plain_text' as const, text: 'Transcript' };
    const { trigger_id } = shortcut;
    await api.views.open({ trigger_id, view: { type: 'modal', title, blocks, callback_id: 'shown' } });
  });
  bolt.view('shown', async ({ ack }) => {
    await ack({ response_action: 'clear' });
  });
}

describe.each(['Socket Mode', 'HTTP'])('the real Bolt app over %s', (transport) => {
  beforeEach(async () => {
    slack = await SlackServer.start();
    if (transport === 'HTTP') {
      const http = httpApp(slack);
      app = http.app;
      await http.start();
    } else {
      app = socketApp(slack);
      await app.start();
      await slack.waitForSockets();
    }
    transcribing(app);
  });

  it('answers a clip in its thread and shares a file a moment later', async () => {
    const mara = slack.world.addUser({ name: 'mara' });
    const channel = slack.world.addChannel({ creator: mara });
    const { message, deliveries } = slack.shareFile({ user: mara, channel, files: [{ content: audio }] });

    const heard = await slack.waitForMessage(channel, ({ text }) => text === `Heard ${audio.length} bytes`);
    expect(heard).toMatchObject({ threadTs: message.ts, user: slack.botUserId });
    expect(heard.revisions.map(({ text }) => text)).toEqual(['Listening …']);
    const shared = await slack.waitForMessage(
      channel,
      ({ fileIds, user }) => fileIds.length > 0 && user === slack.botUserId,
    );
    expect(shared.threadTs).toBe(message.ts);
    expect(slack.world.files.get(shared.fileIds[0] ?? '')?.content.toString()).toBe(heard.text);
    for (const delivery of deliveries) await slack.waitForAck(delivery);
    expect(deliveries.map(({ body }) => (body.event as { type: string }).type)).toEqual([
      'message',
      'file_shared',
    ]);
    expect(slack.log.downloads).toMatchObject([
      { outcome: 'bytes', authorization: `Bearer ${slack.botToken}` },
    ]);
  });

  it('hears a button, whose response_url takes the message away', async () => {
    const mara = slack.world.addUser({ name: 'mara' });
    const channel = slack.world.addChannel({ creator: mara });
    slack.shareFile({ user: mara, channel, files: [{ content: audio }] });
    const reply = await slack.waitForMessage(channel, ({ text }) => text.startsWith('Heard'));

    const { state } = await slack.gestures.act(mara, reply, 'erase');
    expect(state).toBe('acked');
    await slack.waitForEphemeral(mara, ({ text }) => text === 'Gone, mara');
    expect(slack.world.message(channel.id, reply.ts)).toBeUndefined();
    await expect(async () => slack.gestures.act(mara, reply, 'other')).rejects.toThrow('only erase');
  });

  it('runs a command where the bot is no member', async () => {
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara, withBot: false });
    const command = { user: mara, channel, command: '/transcribe', text: 'https://example.com/a.ogg de' };
    const delivery = await slack.gestures.command(command);
    expect(delivery.attempts[0]?.latencyMs).toBeLessThan(3000);
    const shown = await slack.waitForEphemeral(mara, ({ via }) => via === 'ack');
    expect(shown.text).toBe('Fetching https://example.com/a.ogg de');
    await slack.waitForMessage(channel, ({ text }) => text === 'The words');
  });

  it('opens a modal from the message shortcut and takes its submission', async () => {
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const { message } = slack.people.say({ user: mara, channel, text: 'hello' });
    const { state, body } = await slack.gestures.shortcut(mara, message, 'transcribe_message');
    expect(state).toBe('acked');
    const [view] = await slack.waitFor('a modal', () => {
      const modals = slack.views.modalsOf(mara.id);
      return modals.length > 0 && modals;
    });
    const again = { trigger_id: String(body.trigger_id), view: { type: 'modal' as const } };
    expect(await errorOf(clientOf(slack).views.open(again as never))).toBe('exchanged_trigger_id');
    if (view) await slack.gestures.submitView(mara, view);
    expect(slack.views.modalsOf(mara.id)).toEqual([]);
  });

  it('sends an event again when the acknowledgement is lost, and duplicates on demand', async () => {
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const seen: { id: string; retry?: number; reason?: string }[] = [];
    app?.message(async ({ body, context }) => {
      seen.push({ id: body.event_id, retry: context.retryNum, reason: context.retryReason });
      slack.log.changed();
      return Promise.resolve();
    });
    slack.deliveries.loseAcks();
    const { deliveries } = slack.people.say({ user: mara, channel, text: 'twice' });
    await slack.waitFor('two deliveries', () => seen.length === 2);
    await slack.waitFor('both acknowledgements', () => deliveries[0]?.state === 'acked');
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    expect(seen[1]).toMatchObject({ retry: 1, reason: transport === 'HTTP' ? 'http_timeout' : 'timeout' });

    slack.deliveries.duplicateEvents = true;
    slack.people.say({ user: mara, channel, text: 'a double' });
    await slack.waitFor('the double', () => seen.length === 4);
    expect(seen[2]?.id).toBe(seen[3]?.id);
  });
});
