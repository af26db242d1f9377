import {
  APIAttachment,
  APIMessage,
  Attachment,
  AttachmentFlags,
  Client,
  Message,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord.js';
import { notesOf } from '../../core/note-intake.service';
import { linksIn, sourcesOf, uploadedSource } from './discord.mapper';

const CHANNEL = '1130000000000000001';
const client = new Client({ intents: [] });

const attachment = (fields: Partial<APIAttachment>): APIAttachment => ({
  id: '1200000000000000001',
  filename: 'voice-message.ogg',
  size: 20_481,
  url: `https://cdn.discordapp.com/attachments/${CHANNEL}/1200000000000000001/voice-message.ogg?ex=1&is=2&hm=3`,
  proxy_url: `https://media.discordapp.net/attachments/${CHANNEL}/1200000000000000001/voice-message.ogg`,
  ...fields,
});

/** A message as the gateway sends it. */
function message(fields: Partial<APIMessage> = {}): Message {
  const payload: APIMessage = {
    id: '1210000000000000001',
    type: MessageType.Default,
    channel_id: CHANNEL,
    author: {
      id: '140000000000000001',
      username: 'anna',
      discriminator: '0',
      global_name: 'Anna',
      avatar: null,
    },
    content: '',
    attachments: [],
    embeds: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: '2026-03-01T12:00:00.000000+00:00',
    edited_timestamp: null,
    flags: 0 as MessageFlags,
    ...fields,
  };
  return Reflect.construct(Message, [client, payload]) as Message;
}

const VOICE = attachment({
  content_type: 'audio/ogg',
  duration_secs: 4.58,
  waveform: 'AAMGDBcfJS0=',
  flags: 0 as AttachmentFlags,
});
const FLAGGED = MessageFlags.IsVoiceMessage;

const heard = (fields: Partial<APIMessage>) => sourcesOf(message(fields), { asked: false });
const asked = (fields: Partial<APIMessage>) => sourcesOf(message(fields), { asked: true });
const named = (filename: string, content_type?: string) =>
  heard({ attachments: [attachment({ filename, content_type })] }).length > 0;

describe('a Discord message as voice notes', () => {
  it('is one for a voice message, with what its sender says of it', () => {
    expect(heard({ flags: FLAGGED, attachments: [VOICE] })).toEqual([
      {
        kind: 'attachment',
        platform: 'discord',
        ids: { channel: CHANNEL, message: '1210000000000000001', attachment: VOICE.id },
        name: 'voice-message.ogg',
        mimeType: 'audio/ogg',
        bytes: 20_481,
        seconds: 4.58,
      },
    ]);
  });

  it('goes by the bit of the flag, whatever else is set, and whatever the encoding is', () => {
    const flags = FLAGGED | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
    const odd = attachment({ filename: 'voice', content_type: undefined });
    expect(heard({ flags, attachments: [odd] })).toHaveLength(1);
    expect(
      heard({ flags, attachments: [attachment({ filename: 'voice.bin', content_type: 'image/x' })] }),
    ).toHaveLength(1);
    expect(heard({ flags: MessageFlags.SuppressNotifications, attachments: [odd] })).toEqual([]);
  });

  it('needs no length and no waveform', () => {
    const [source] = heard({ flags: FLAGGED, attachments: [attachment({ content_type: 'audio/ogg' })] });
    expect(source).not.toHaveProperty('seconds');
  });

  it('takes audio and video by type, else by name', () => {
    expect(named('a.mp3', 'audio/mpeg')).toBe(true);
    expect(named('clip', 'video/mp4')).toBe(true);
    expect(named('a', 'Audio/WAV; codecs=1')).toBe(true);
    expect(named('a.ogg', 'application/ogg')).toBe(true);
    expect(named('memo.M4A')).toBe(true);
    expect(named('memo.m4a', 'application/octet-stream')).toBe(true);
    expect(named('memo.opus', 'application/x-unheard-of')).toBe(true);
    expect(named('photo.png', 'image/png')).toBe(false);
    expect(named('list.mp3', 'text/plain; charset=utf-8')).toBe(false);
    expect(named('program.ts', 'video/mp2t')).toBe(false);
    expect(named('tune.mid', 'audio/midi')).toBe(false);
    expect(named('archive.zip', 'application/zip')).toBe(false);
    expect(named('noname')).toBe(false);
  });

  it('looks into a file of unknown kind when asked to, but not past a recording', () => {
    const unknown = attachment({ id: '7', filename: 'recording', content_type: 'application/octet-stream' });
    expect(heard({ attachments: [unknown] })).toEqual([]);
    expect(asked({ attachments: [unknown] })).toHaveLength(1);
    expect(asked({ attachments: [unknown, VOICE] })).toMatchObject([{ ids: { attachment: VOICE.id } }]);
    expect(
      asked({ attachments: [attachment({ filename: 'a.pdf', content_type: 'application/pdf' })] }),
    ).toEqual([]);
  });

  it('finds what a forward carries in its snapshot', () => {
    const forward = {
      flags: MessageFlags.HasSnapshot,
      message_reference: {
        type: MessageReferenceType.Forward,
        message_id: '1190000000000000001',
        channel_id: '1130000000000000002',
      },
      message_snapshots: [
        {
          message: {
            attachments: [VOICE],
            components: [],
            content: '',
            edited_timestamp: null,
            embeds: [],
            flags: FLAGGED,
            mention_roles: [],
            mentions: [],
            timestamp: '2026-02-01T12:00:00.000000+00:00',
            type: MessageType.Default as const,
          },
        },
      ],
    };
    expect(heard(forward)).toMatchObject([
      {
        ids: { channel: CHANNEL, message: '1210000000000000001', attachment: VOICE.id, snapshot: '0' },
        seconds: 4.58,
      },
    ]);
  });

  it('keeps the addresses of now where it could not come back', () => {
    const [source] = sourcesOf(message({ flags: FLAGGED, attachments: [VOICE] }), {
      asked: true,
      keepAddresses: true,
    });
    expect(source).toMatchObject({ ids: { url: VOICE.url } });
    const file = Reflect.construct(Attachment, [VOICE]) as Attachment;
    expect(uploadedSource(file)).toMatchObject({
      ids: { attachment: VOICE.id, url: VOICE.url },
      mimeType: 'audio/ogg',
    });
  });

  it('reads links only when asked to, and where there is no recording', () => {
    const content = 'listen: <https://example.org/a.mp3>, and (https://example.org/b_(1).ogg).';
    expect(heard({ content })).toEqual([]);
    expect(asked({ content, attachments: [VOICE] })).toHaveLength(1);
    expect(asked({ content })).toEqual([
      { kind: 'link', url: 'https://example.org/a.mp3' },
      { kind: 'link', url: 'https://example.org/b_(1).ogg' },
    ]);
    expect(asked({ content: 'no more than words' })).toEqual([]);
  });

  it('is a note for each source, in their order', () => {
    const second = attachment({ id: '1200000000000000002', filename: 'b.wav', content_type: 'audio/wav' });
    const picture = attachment({ id: '3', filename: 'c.png', content_type: 'image/png' });
    const replyTo = { platform: 'discord', channel: CHANNEL, message: '1210000000000000001' };
    const ask = {
      author: { id: 'anna' },
      requester: { id: 'ben' },
      trigger: 'request' as const,
      private: true,
      options: { language: 'de', translate: false },
      replyTo,
    };
    const notes = notesOf(asked({ attachments: [VOICE, picture, second] }), ask);
    expect(notes.map(({ position, source }) => [position, 'ids' in source && source.ids.attachment])).toEqual(
      [
        [0, VOICE.id],
        [1, second.id],
      ],
    );
    expect(notes[1]).toMatchObject({ ...ask, platform: 'discord', fresh: false });
  });
});

describe('links in a text', () => {
  it('are told from what stands around them, each once, and not without end', () => {
    expect(
      linksIn('see https://a.example/x?y=1&z=2#t, HTTP://b.example! **https://c.example/d.ogg**'),
    ).toEqual(['https://a.example/x?y=1&z=2#t', 'HTTP://b.example', 'https://c.example/d.ogg']);
    expect(linksIn('https://a.example https://a.example')).toHaveLength(1);
    expect(linksIn(Array.from({ length: 50 }, (_, at) => `https://a.example/${at}`).join(' '))).toHaveLength(
      5,
    );
    expect(linksIn('ftp://a.example javascript:alert(1) www.example.org')).toEqual([]);
  });
});
