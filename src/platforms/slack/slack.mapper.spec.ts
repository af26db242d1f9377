import { keysOf } from '../../core/job-keys';
import { notesOf } from '../../core/note-intake.service';
import { SlackFile, SlackMessage } from './slack-payload';
import { addressOfMessage, linksIn, sourcesOf, speakerOf } from './slack.mapper';

/** As Slack sends a clip: an audio recording that says it is a video. */
const CLIP: SlackFile = {
  id: 'F0CLIP',
  name: 'audio_message.m4a',
  mimetype: 'video/mp4',
  filetype: 'mp4',
  subtype: 'slack_audio',
  size: 41_234,
  duration_ms: 3_360,
  user: 'U0MARA',
  mode: 'hosted',
  is_external: false,
  file_access: 'visible',
};

const message = (files: SlackFile[], more: Partial<SlackMessage> = {}): SlackMessage => ({
  channel: 'C0ROOM',
  ts: '1700000000.000100',
  user: 'U0MARA',
  subtype: 'file_share',
  text: '',
  files,
  ...more,
});
const named = (file: Partial<SlackFile>): SlackFile => ({ id: 'F0FILE', mode: 'hosted', ...file });
const idsIn = (it: SlackMessage, asked = false) =>
  sourcesOf(it, { team: 'T0', asked }).map((source) =>
    source.kind === 'attachment' ? source.ids.file : source,
  );

describe('a message with files', () => {
  it('brings its clip with what is said of it', () => {
    expect(sourcesOf(message([CLIP]), { team: 'T0', asked: false })).toEqual([
      {
        kind: 'attachment',
        platform: 'slack',
        ids: { team: 'T0', channel: 'C0ROOM', message: '1700000000.000100', file: 'F0CLIP' },
        file: 'F0CLIP',
        name: 'audio_message.m4a',
        mimeType: 'video/mp4',
        bytes: 41_234,
        seconds: 3.36,
      },
    ]);
  });

  it.each<[string, Partial<SlackFile>]>([
    ['a clip without a type', { subtype: 'slack_audio', name: 'audio_message', mimetype: '' }],
    ['a video clip', { subtype: 'slack_video', name: 'video_message.mp4', mimetype: 'video/mp4' }],
    ['a file by its type', { name: 'interview', mimetype: 'audio/x-m4a' }],
    ['a file by its name', { name: 'Memo.OPUS', mimetype: 'application/octet-stream' }],
    ['a file without a type by its name', { name: 'memo.ogg', mimetype: '' }],
    ['a file by the type that Slack gave it', { name: 'memo', mimetype: '', filetype: 'm4a' }],
  ])('brings %s', (_, file) => {
    expect(idsIn(message([named(file)]))).toEqual(['F0FILE']);
  });

  it.each<[string, Partial<SlackFile>]>([
    ['a picture', { name: 'cat.png', mimetype: 'image/png', filetype: 'png' }],
    ['a text that is called like a recording', { name: 'words.mp3', mimetype: 'text/plain' }],
    ['a program', { name: 'main.ts', mimetype: 'video/mp2t' }],
    ['a deleted file', { name: 'memo.ogg', mode: 'tombstone' }],
    ['a file behind the limit of the plan', { name: 'memo.ogg', mode: 'hidden_by_limit' }],
    ['a file that is elsewhere', { name: 'memo.ogg', mimetype: 'audio/ogg', is_external: true }],
    ['a file of which nothing is known', { file_access: 'check_file_info', mode: 'file_access' }],
  ])('does not bring %s unasked', (_, file) => {
    expect(idsIn(message([named(file)]))).toEqual([]);
  });

  it('brings what nothing is known of when somebody asks for it, unless there is a recording', () => {
    const unknown = named({ name: 'data', mimetype: 'application/octet-stream', filetype: 'binary' });
    expect(idsIn(message([unknown]), true)).toEqual(['F0FILE']);
    expect(idsIn(message([unknown, CLIP]), true)).toEqual(['F0CLIP']);
    expect(idsIn(message([named({ name: 'cat.png', mimetype: 'image/png' })]), true)).toEqual([]);
  });

  it('brings what it passes on, which is its own speaker’s', () => {
    const shared = message([], { user: 'U0PETER', attachments: [{ files: [CLIP], author_id: 'U0MARA' }] });
    expect(idsIn(shared)).toEqual(['F0CLIP']);
    expect(speakerOf(shared)).toBe('U0MARA');
    expect(speakerOf(message([named({ user: '' })]))).toBe('U0MARA');
  });
});

describe('links', () => {
  it('are found as Slack marks them, and as they are typed', () => {
    expect(linksIn('see <https://example.com/a.ogg?x=1&amp;y=2> and <https://example.com/b|b.ogg>!')).toEqual(
      ['https://example.com/a.ogg?x=1&y=2', 'https://example.com/b'],
    );
    expect(linksIn('(https://example.com/a.ogg).')).toEqual(['https://example.com/a.ogg']);
    expect(linksIn('<@U0BOT> <mailto:a@example.com|a> <#C0|x> ftp://example.com')).toEqual([]);
    expect(linksIn('<https://a.example><https://a.example>')).toEqual(['https://a.example']);
    expect(linksIn(Array.from({ length: 9 }, (_, n) => `<https://${n}.example>`).join(' '))).toHaveLength(5);
  });

  it('count only where somebody asked and brings no recording', () => {
    const linked = message([], { text: '<https://example.com/a.ogg>' });
    expect(idsIn(linked)).toEqual([]);
    expect(idsIn(linked, true)).toEqual([{ kind: 'link', url: 'https://example.com/a.ogg' }]);
    expect(idsIn({ ...linked, files: [CLIP] }, true)).toEqual(['F0CLIP']);
  });
});

describe('one upload', () => {
  const keys = (it: SlackMessage) =>
    notesOf(sourcesOf(it, { team: 'T0', asked: false }), {
      author: { id: speakerOf(it) },
      requester: { id: 'U0MARA' },
      trigger: 'automatic',
      private: false,
      options: { language: 'auto', translate: false },
      replyTo: addressOfMessage(it, 'T0', 'en-US'),
    }).map((note) => keysOf(note).dedupeKey);

  it('has the same keys whether its message or its file is heard of', () => {
    const heard = message([CLIP], { channel_type: 'channel' });
    const { channel, ts } = heard;
    const lookedUp = { channel, ts, user: CLIP.user, files: [{ ...CLIP, shares: {} }] };
    expect(keys(lookedUp)).toEqual(keys(heard));
    expect(keys({ ...heard, ts: '1700000000.000200' })).not.toEqual(keys(heard));
  });

  it('is answered in the thread that it is in', () => {
    expect(addressOfMessage(message([CLIP]), 'T0', 'de-DE')).toEqual({
      platform: 'slack',
      workspace: 'T0',
      channel: 'C0ROOM',
      message: '1700000000.000100',
      thread: '1700000000.000100',
      locale: 'de-DE',
    });
    expect(addressOfMessage(message([CLIP], { thread_ts: '1600000000.000001' }), 'T0').thread).toBe(
      '1600000000.000001',
    );
  });
});
