import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiscordAPIError, Events, Message, PermissionFlagsBits } from 'discord.js';
import { next, textChannel, Visit } from './client-visit';

const VOICE = readFileSync(join(__dirname, '../audio/01-en.ogg'));
const MINUTE = 60_000;

describe('what goes wrong on a local Discord', () => {
  const visit = new Visit();

  afterEach(() => visit.end());

  it('plays rate limits, errors and lost answers; a nonce posts once', async () => {
    const { server, channel } = await visit.start();
    const bot = await visit.loggedIn(server);
    const room = await textChannel(bot, channel.id);
    const path = /\/messages$/;
    server.faults.next({ method: 'POST', path, fault: { kind: 'rate-limit', retryAfter: 0.05 } });
    server.faults.next({
      method: 'POST',
      path,
      fault: { kind: 'rate-limit', retryAfter: 0.05, global: true },
    });
    server.faults.next({ method: 'POST', path, fault: { kind: 'status', status: 502 } });
    server.faults.next({ method: 'POST', path, fault: { kind: 'drop-before', how: 'close' } });
    server.faults.next({ method: 'POST', path, fault: { kind: 'drop-after', how: 'close' } });
    const once = { content: 'once', nonce: 'answer-1', enforceNonce: true };
    // A broken connection is for the app to try again: it cannot know whether the message was posted.
    await expect(room.send(once)).rejects.toThrow();
    await expect(room.send(once)).rejects.toThrow();
    const sent = await room.send(once);

    const statuses = server.requests.filter(({ method }) => method === 'POST').map(({ status }) => status);
    expect(statuses).toEqual([429, 429, 502, 'dropped', 'dropped', 200]);
    expect(server.answers(channel).map(({ id }) => id)).toEqual([sent.id]);
    server.advance(10 * MINUTE);
    await room.send(once);
    expect(server.answers(channel)).toHaveLength(2);
  });

  it('enforces limits that the client keeps by their headers', async () => {
    const rule = { method: 'POST', pattern: '/channels/:channel/messages', limit: 2, windowMs: 300 };
    const { server, channel } = await visit.start({ rates: [rule] });
    const bot = await visit.loggedIn(server);
    const room = await textChannel(bot, channel.id);
    await Promise.all([1, 2, 3, 4, 5].map((count) => room.send(`${count}`)));
    expect(server.invalidRequests).toEqual([]);
    const url = `${server.apiUrl}/v10/channels/${channel.id}/messages`;
    const headers = { authorization: `Bot ${server.token}`, 'content-type': 'application/json' };
    const flood = [1, 2, 3, 4].map(() => fetch(url, { method: 'POST', headers, body: '{"content":"x"}' }));
    const refused = (await Promise.all(flood)).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('user');
  });

  it('lets addresses expire; the refetched message has a live one', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const heard = next<Message>(bot, Events.MessageCreate);
    server.postVoiceMessage({ channel, author: anna, audio: VOICE });
    const message = await heard;
    const status = async (from: Message) => (await fetch(from.attachments.first()?.url ?? '')).status;
    expect(await status(message)).toBe(200);
    server.expireAttachments();
    expect(await status(message)).toBe(404);
    const fresh = await message.channel.messages.fetch({ message: message.id, force: true, cache: false });
    expect(await status(fresh)).toBe(200);
    const url = fresh.attachments.first()?.url ?? '';
    server.faults.next({ path: /^\/attachments/, fault: { kind: 'drip', chunkBytes: 4_000, everyMs: 1 } });
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(VOICE.length);
    server.faults.next({ path: /^\/attachments/, fault: { kind: 'truncate', bytes: 100 } });
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow('terminated');
    server.advance(25 * 60 * MINUTE);
    expect(await status(fresh)).toBe(404);
  });

  it('gives the errors of Discord', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const room = await textChannel(bot, channel.id);
    const code = async (action: Promise<unknown>): Promise<unknown> => {
      const error: unknown = await action.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return error instanceof DiscordAPIError ? error.code : error;
    };
    await expect(room.send('x'.repeat(2_001))).rejects.toThrow(
      /content\[BASE_TYPE_MAX_LENGTH\]: Must be 2000 or fewer/,
    );
    const embeds = [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }];
    expect(await code(room.send({ embeds }))).toBe(50_035);
    expect(await code(room.send({ content: ' ' }))).toBe(50_006);
    const gone = server.post({ channel, author: anna, content: 'gone' });
    server.deleteMessages(gone);
    expect(await code(room.messages.fetch(gone.id))).toBe(10_008);
    expect(await code(room.send({ content: 'x', reply: { messageReference: gone.id } }))).toBe(50_035);
    expect(
      await code(room.send({ content: 'x', reply: { messageReference: gone.id, failIfNotExists: false } })),
    ).toBe(undefined);
    server.change.setOverwrite(channel, { deny: PermissionFlagsBits.AttachFiles });
    expect(await code(room.send({ files: [{ attachment: Buffer.from('x'), name: 'x.txt' }] }))).toBe(50_013);
    server.change.setOverwrite(channel, { deny: PermissionFlagsBits.ViewChannel });
    expect(await code(room.send('x'))).toBe(50_001);
    server.change.deleteChannel(channel);
    expect(await code(room.send('x'))).toBe(10_003);
    const shy = server.build.addUser('Shy', { dmsOpen: false, appInstalled: true });
    expect(await code(bot.users.send(shy.id, 'hello'))).toBe(50_007);
    const dm = await bot.users.send(anna.id, 'hello');
    expect(server.answers(dm.channelId)).toHaveLength(1);
  });
});
