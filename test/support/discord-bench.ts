import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APIMessageTopLevelComponent, ComponentType, PermissionFlagsBits } from 'discord.js';
import { PlatformRegistry } from '../../src/core/platform.registry';
import { ChatPlatformBench, PostedNote, SeenMessage, Trouble } from '../contracts/chat/platform-under-test';
import { DiscordHome } from './discord-home';
import { readContent } from './discord-reader';
import { Fault } from './discord-server/faults';
import { StoredMessage } from './discord-server/state/message-board';

const VOICE = readFileSync(join(__dirname, 'audio/01-en.ogg'));
const FAULTS: Record<Trouble, Fault> = {
  'rate-limited': { kind: 'rate-limit', retryAfter: 0.05 },
  unavailable: { kind: 'status', status: 503 },
  cut: { kind: 'drop-before', how: 'close' },
  lost: { kind: 'drop-after', how: 'close' },
};
const REQUESTS = {
  post: { method: 'POST', path: /^\/channels\/\d+\/messages$/ },
  edit: { method: 'PATCH', path: /^\/channels\/\d+\/messages\/\d+$/ },
};

/** A bench on a local Discord: each note is a voice message in a channel of its own. */
export function discordBench(home: DiscordHome): ChatPlatformBench {
  const { server, app, clock } = home;
  const guild = server.build.addGuild('Listeners');
  const anna = server.build.addUser('Anna');
  server.build.addMember(guild, anna);
  let channels = 0;
  const channelOf = ({ address }: PostedNote): string => address.channel ?? '';
  const standing = (note: PostedNote): StoredMessage[] => server.answers(channelOf(note));

  return {
    platform: app.get(PlatformRegistry, { strict: false }).get('discord'),
    note: () => {
      const channel = server.build.addTextChannel(guild, `room-${(channels += 1)}`);
      const message = server.postVoiceMessage({ channel, author: anna, audio: VOICE });
      const attachment = message.data.attachments[0]?.id ?? '';
      return {
        address: { platform: 'discord', workspace: guild.id, channel: channel.id, message: message.id },
        source: {
          kind: 'attachment',
          platform: 'discord',
          ids: { channel: channel.id, message: message.id, attachment },
        },
        bytes: VOICE,
      };
    },
    removeNote: ({ address }) => server.deleteMessages(address.message ?? ''),
    expireAddresses: () => server.expireAttachments(),
    seen: (note) => standing(note).map((message) => seenOf(message, (id) => server.fileOf(id))),
    notified: (note) =>
      server
        .messages(channelOf(note), { deleted: true })
        .filter(({ data }) => data.author.id === server.world.bot.id)
        .reduce(
          (sum, { pings }) => sum + pings.users.length + pings.roles.length + Number(pings.everyone),
          0,
        ),
    edits: (note) => standing(note).reduce((sum, { history }) => sum + history.length - 1, 0),
    forbid: (note) => server.change.setOverwrite(channelOf(note), { deny: PermissionFlagsBits.SendMessages }),
    pass: (milliseconds) => {
      server.advance(milliseconds);
      clock.skip(milliseconds);
    },
    trouble: (kind, request, times) =>
      server.faults.next({ ...REQUESTS[request], times, fault: FAULTS[kind] }),
    close: () => home.close(),
  };
}

/** A message as its readers see it. */
export function seenOf({ data }: StoredMessage, fileOf: (id: string) => Buffer): SeenMessage {
  return {
    ...readContent(data.content),
    files: data.attachments.map(({ id, filename }) => ({
      name: filename,
      text: fileOf(id).toString('utf8'),
    })),
    buttons: labelsOf(data.components ?? []),
  };
}

function labelsOf(rows: readonly APIMessageTopLevelComponent[]): string[] {
  return rows
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('label' in component && component.label ? [component.label] : []));
}
