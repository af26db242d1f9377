import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiscordHome, openDiscordHome } from '../../../test/support/discord-home';
import { Collection, Message } from 'discord.js';
import { AttachmentSource } from '../../core/voice-note';
import { DiscordMediaService } from './discord-media.service';
import { FreshAddressesService } from './fresh-addresses.service';

const VOICE = readFileSync(join(__dirname, '../../../test/support/audio/01-en.ogg'));

/** As discord.js gives it. */
function heard(id: string, attachment: string, url: string): Message {
  const attachments = new Collection([[attachment, { id: attachment, url }]]);
  return { id, attachments, messageSnapshots: new Collection(), flags: null } as unknown as Message;
}

describe('opening what was attached', () => {
  let home: DiscordHome;
  let media: DiscordMediaService;
  const { signal } = new AbortController();

  beforeEach(async () => {
    home = await openDiscordHome();
    media = home.app.get(DiscordMediaService, { strict: false });
  });
  afterEach(() => home.close());

  function posted() {
    const { server } = home;
    const guild = server.build.addGuild('Listeners');
    const anna = server.build.addUser('Anna');
    server.build.addMember(guild, anna);
    const channel = server.build.addTextChannel(guild, 'general');
    const message = server.postVoiceMessage({ channel, author: anna, audio: VOICE });
    const attachment = message.data.attachments[0]?.id ?? '';
    return { anna, channel, message, attachment, url: server.read(message).attachments[0]?.url ?? '' };
  }
  const source = (ids: Record<string, string>): AttachmentSource => ({
    kind: 'attachment',
    platform: 'discord',
    ids,
  });
  const open = async (ids: Record<string, string>): Promise<Buffer> =>
    buffer((await media.open(source(ids), signal)).stream);

  it('reads a forwarded note from its snapshot', async () => {
    const { anna, channel, message, attachment } = posted();
    const forwarded = home.server.forward(message, { channel, author: anna });
    const ids = { channel: channel.id, message: forwarded.id, attachment, snapshot: '0' };
    expect((await open(ids)).equals(VOICE)).toBe(true);
  });

  it('tells the name and the kind', async () => {
    const { channel, message, attachment } = posted();
    const input = await media.open(source({ channel: channel.id, message: message.id, attachment }), signal);
    input.stream.destroy();
    expect(input).toMatchObject({ name: 'voice-message.ogg', mimeType: 'audio/ogg' });
  });

  it('takes the address that came with a command, as long as it is valid', async () => {
    const { channel, message, attachment, url } = posted();
    expect((await open({ attachment, url })).equals(VOICE)).toBe(true);
    expect(home.server.requests.some(({ path }) => path.startsWith('/channels/'))).toBe(false);
    home.server.expireAttachments();
    await expect(open({ attachment, url })).rejects.toMatchObject({ code: 'media_gone', retryable: false });
    const ids = { attachment, url, channel: channel.id, message: message.id };
    expect((await open(ids)).equals(VOICE)).toBe(true);
  });

  it('does not ask for the message of a note that was heard just now, unless it has changed or gone since', async () => {
    const { channel, message, attachment, url } = posted();
    const addresses = home.app.get(FreshAddressesService, { strict: false });
    const asked = (): boolean => home.server.requests.some(({ path }) => path.startsWith('/channels/'));
    const ids = { channel: channel.id, message: message.id, attachment };
    addresses.remember(heard(message.id, attachment, url));
    expect((await open(ids)).equals(VOICE)).toBe(true);
    expect(asked()).toBe(false);
    addresses.forget(message.id);
    home.server.deleteMessages(message);
    await expect(open(ids)).rejects.toMatchObject({ code: 'message_gone' });
  });

  it('asks for the message where the address has ceased to hold', async () => {
    const { channel, message, attachment, url } = posted();
    home.app.get(FreshAddressesService, { strict: false }).remember(heard(message.id, attachment, url));
    home.server.expireAttachments();
    const ids = { channel: channel.id, message: message.id, attachment };
    expect((await open(ids)).equals(VOICE)).toBe(true);
  });

  it('tells a file that is gone from one that hark may not see', async () => {
    const { channel, message } = posted();
    const ids = { channel: channel.id, message: message.id, attachment: '1' };
    await expect(open(ids)).rejects.toMatchObject({ code: 'media_gone' });
    home.server.build.grantIntents();
    await expect(open(ids)).rejects.toMatchObject({ code: 'permission_missing', retryable: false });
  });

  it('says when the channel is gone, and when Discord is away', async () => {
    const { channel, message, attachment } = posted();
    const ids = { channel: channel.id, message: message.id, attachment };
    home.server.faults.next({ path: /^\/channels\//, times: 2, fault: { kind: 'status', status: 502 } });
    await expect(open(ids)).rejects.toMatchObject({ code: 'platform_unavailable', retryable: true });
    home.server.change.deleteChannel(channel);
    await expect(open(ids)).rejects.toMatchObject({ code: 'channel_gone', retryable: false });
  });

  it('stops when it is told to', async () => {
    const { channel, message, attachment } = posted();
    const stop = new AbortController();
    const held = Promise.withResolvers<void>();
    home.server.faults.next({ path: /^\/channels\//, fault: { kind: 'hold', until: held.promise } });
    const ids = { channel: channel.id, message: message.id, attachment };
    const opening = media.open(source(ids), stop.signal);
    await home.server.waitForRequest(({ path }) => path.startsWith('/channels/'));
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    held.resolve();
  });
});
