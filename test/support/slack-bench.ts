import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformRegistry } from '../../src/core/platform.registry';
import { ChatPlatformBench, PostedNote, SeenMessage, Trouble } from '../contracts/chat/platform-under-test';
import { SlackHome } from './slack-home';
import { readBlocks, readMarkup } from './slack-reader';
import { Json, Message } from './slack-server/slack-model';
import { SlackServer } from './slack-server/slack-server';

const VOICE = readFileSync(join(__dirname, 'audio/01-en.ogg'));
const METHODS = { post: 'chat.postMessage', edit: 'chat.update' };
const FAULTS = {
  'rate-limited': { kind: 'ratelimited', retryAfter: 0 },
  unavailable: { kind: 'status', status: 503 },
  cut: { kind: 'drop', when: 'before' },
  lost: { kind: 'drop', when: 'after' },
} as const satisfies Record<Trouble, unknown>;

/** A bench on a local Slack: each note is a clip in a channel of its own. */
export function slackBench(home: SlackHome): ChatPlatformBench {
  const { slack, app, clock } = home;
  const { world } = slack;
  const mara = world.addUser({ name: 'mara' });
  // Slack shares a file a moment after it has said so; here that moment is over at once.
  slack.uploads.shareDelayMs = 0;
  const channelOf = ({ address }: PostedNote): string => address.channel ?? '';
  const standing = (note: PostedNote): Message[] => messagesOf(slack, channelOf(note));

  return {
    platform: app.get(PlatformRegistry, { strict: false }).get('slack'),
    note: () => {
      const channel = world.addChannel({ creator: mara });
      const { message, files } = slack.shareFile({ user: mara, channel, files: [{ content: VOICE }] });
      const ids = { file: files[0]?.id ?? '', channel: channel.id, message: message.ts };
      return {
        address: {
          platform: 'slack',
          workspace: channel.teamId,
          channel: channel.id,
          message: message.ts,
          thread: message.ts,
        },
        source: { kind: 'attachment', platform: 'slack', ids },
        bytes: VOICE,
      };
    },
    removeNote: (note) => {
      const message = world.message(channelOf(note), note.address.message ?? '');
      if (message) slack.people.deleteMessage(message);
    },
    // Slack's addresses are valid as long as the file is there.
    expireAddresses: () => undefined,
    seen: (note) => standing(note).map((message) => seenOf(slack, message)),
    notified: (note) => mentionsIn(slack, channelOf(note)),
    edits: (note) => standing(note).reduce((sum, { revisions }) => sum + revisions.length, 0),
    forbid: (note) => void slack.channels.removeBot(world.channel(channelOf(note))),
    pass: (milliseconds) => {
      slack.advance(milliseconds);
      clock.skip(milliseconds);
    },
    trouble: (kind, request, times) =>
      slack.faults.next({ method: METHODS[request], times, ...FAULTS[kind] }),
    close: () => home.close(),
  };
}

/** What hark has posted in the channel and still stands there, oldest first. */
export function messagesOf(slack: SlackServer, channel: string): Message[] {
  return slack.world.messagesIn(channel).filter(({ user }) => user === slack.botUserId);
}

/** A message as its readers see it; what only notifications show counts with its marks. */
export function seenOf(slack: SlackServer, { blocks = [], text, fileIds }: Message): SeenMessage {
  const read = blocks.length > 0 ? readBlocks(blocks) : readMarkup(text);
  const files = fileIds.flatMap((id) => slack.world.files.get(id) ?? []).filter(({ deleted }) => !deleted);
  return {
    text: read.text,
    marks: [...read.marks, ...(blocks.length > 0 ? readMarkup(text).marks : [])],
    files: files.map(({ name, content }) => ({ name, text: content.toString('utf8') })),
    buttons: buttonsOf(blocks).map(({ label }) => label),
  };
}

/** The buttons of a message, in order. */
export function buttonsOf(blocks: readonly Json[]): { action: string; label: string; value: string }[] {
  return blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as Json[])
    .map(({ action_id, text, value }) => ({
      action: String(action_id),
      label: String((text as Json).text),
      value: String(value),
    }));
}

/** Mentions in whatever was sent to the channel, also what was changed or removed later. */
function mentionsIn(slack: SlackServer, channel: string): number {
  const sent = slack.log.calls.filter(({ params }) => params.channel === channel);
  const marks = sent.flatMap(({ params }) => {
    const { blocks, text } = params as { blocks?: string; text?: string };
    return [
      ...readBlocks(blocks ? (JSON.parse(blocks) as Json[]) : []).marks,
      ...readMarkup(text ?? '').marks,
    ];
  });
  return marks.filter((mark) => ['mention', 'user', 'usergroup', 'broadcast', 'channel'].includes(mark))
    .length;
}
