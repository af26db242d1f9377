import { Channel, Json, Message, SlackFile, User, View } from './slack-model';
import { SlackWorld } from './slack-world';

/** Where the servers can be reached; known once they listen. */
export interface SlackAddresses {
  /** `host:port` of the Web API. */
  api: string;
  /** `host:port` of the files. */
  files: string;
  /** `host:port` of a host that is not Slack's. */
  elsewhere: string;
}

/** Writes what exists as Slack's JSON (field names as in the typings of `@slack/types` and `@slack/web-api`). */
export class SlackPayloads {
  constructor(
    private readonly world: SlackWorld,
    private readonly addresses: SlackAddresses,
    private readonly appId: string,
  ) {}

  user(user: User, withLocale = false): Json {
    return {
      id: user.id,
      team_id: user.teamId,
      name: user.name,
      deleted: user.deleted,
      real_name: user.realName,
      tz: user.tz,
      tz_label: user.tz,
      tz_offset: user.tzOffset,
      profile: { real_name: user.realName, display_name: user.name, team: user.teamId },
      is_admin: user.isAdmin,
      is_owner: user.isOwner,
      is_primary_owner: false,
      is_restricted: user.isGuest,
      is_ultra_restricted: false,
      is_bot: user.isBot,
      is_stranger: user.isStranger,
      is_app_user: false,
      updated: Math.floor(this.world.clock.now() / 1000),
      ...(withLocale ? { locale: user.locale } : {}),
    };
  }

  channel(channel: Channel): Json {
    const bot = this.world.teams.get(channel.teamId)?.bot.userId ?? '';
    const common = {
      id: channel.id,
      created: 1_700_000_000,
      is_archived: channel.archived,
      is_im: channel.kind === 'im',
      is_mpim: channel.kind === 'mpim',
      is_private: channel.kind !== 'channel',
      is_org_shared: false,
      context_team_id: channel.teamId,
    };
    if (channel.kind === 'im')
      return { ...common, user: [...channel.members].find((id) => id !== bot), is_user_deleted: false };
    return {
      ...common,
      name: channel.name,
      name_normalized: channel.name,
      is_channel: channel.kind === 'channel',
      is_group: channel.kind === 'group',
      is_general: false,
      is_shared: false,
      is_ext_shared: false,
      is_member: channel.members.has(bot),
      creator: channel.creator,
      topic: { value: '', creator: '', last_set: 0 },
      purpose: { value: '', creator: '', last_set: 0 },
    };
  }

  /** A message as in history; metadata only when asked for, as in the API. */
  message(message: Message, withMetadata = false): Json {
    const replies = this.world.replies(message.channel, message.ts);
    const files = message.fileIds.map((id) => this.fileInMessage(id));
    const team = this.world.channel(message.channel).teamId;
    return {
      type: 'message',
      ...(message.subtype ? { subtype: message.subtype } : {}),
      user: message.user,
      ...(message.botId ? { bot_id: message.botId, app_id: this.appId } : {}),
      // A message with a file has no `team` (seen in the field).
      ...(files.length > 0
        ? { files, upload: true, display_as_bot: false }
        : { team, client_msg_id: message.botId ? undefined : this.clientId(message) }),
      text: message.text,
      ...(message.blocks ? { blocks: message.blocks } : {}),
      ...(message.edited ? { edited: message.edited } : {}),
      ...(message.metadata && withMetadata ? { metadata: message.metadata } : {}),
      ...(message.threadTs && message.threadTs !== message.ts
        ? {
            thread_ts: message.threadTs,
            parent_user_id: this.world.message(message.channel, message.threadTs)?.user,
          }
        : {}),
      ...(replies.length > 0
        ? {
            thread_ts: message.ts,
            reply_count: replies.length,
            reply_users: [...new Set(replies.map((reply) => reply.user))],
            reply_users_count: new Set(replies.map((reply) => reply.user)).size,
            latest_reply: replies.at(-1)?.ts,
            is_locked: false,
            subscribed: false,
          }
        : {}),
      ...(message.reactions.size > 0
        ? {
            reactions: [...message.reactions].map(([name, users]) => ({ name, users, count: users.length })),
          }
        : {}),
      ts: message.ts,
    };
  }

  /** The whole file object, as `files.info` gives it. */
  file(file: SlackFile): Json {
    const base = `http://${this.addresses.files}/files-pri/${file.teamId}-${file.id}`;
    const name = encodeURIComponent(file.name.toLowerCase());
    const shared = (kinds: string[]) =>
      file.shares.filter(({ channel }) => kinds.includes(this.world.channel(channel).kind));
    const ids = (kinds: string[]) => [...new Set(shared(kinds).map(({ channel }) => channel))];
    return {
      id: file.id,
      created: file.created,
      timestamp: file.created,
      name: file.name,
      title: file.title,
      mimetype: file.mimetype,
      filetype: file.filetype,
      pretty_type: file.prettyType,
      user: file.user,
      user_team: file.teamId,
      editable: file.mode === 'snippet',
      size: file.content.length,
      mode: file.mode,
      ...(file.subtype ? { subtype: file.subtype } : {}),
      ...(file.transcription ? { transcription: file.transcription } : {}),
      ...(file.durationMs === undefined ? {} : { duration_ms: file.durationMs }),
      is_external: false,
      external_type: '',
      is_public: ids(['channel']).length > 0,
      public_url_shared: false,
      display_as_bot: false,
      username: '',
      url_private: `${base}/${name}`,
      url_private_download: `${base}/download/${name}`,
      media_display_type: file.subtype === 'slack_audio' ? 'audio' : 'unknown',
      permalink: `http://${this.addresses.api}/files/${file.user}/${file.id}/${name}`,
      channels: ids(['channel']),
      groups: ids(['group', 'mpim']),
      ims: ids(['im']),
      shares: {
        ...this.shares('public', shared(['channel'])),
        ...this.shares('private', shared(['group', 'mpim', 'im'])),
      },
      comments_count: 0,
      is_starred: false,
      has_rich_preview: false,
      file_access: 'visible',
    };
  }

  view(view: View): Json {
    return {
      ...view.content,
      id: view.id,
      team_id: view.teamId,
      app_id: this.appId,
      app_installed_team_id: view.teamId,
      bot_id: this.world.teams.get(view.teamId)?.bot.botId,
      hash: view.hash,
      root_view_id: view.rootId,
      previous_view_id: view.previousId ?? null,
      state: { values: {} },
    };
  }

  /** The file as a message carries it: without its shares, or no more than its id when it comes by Slack Connect. */
  private fileInMessage(id: string): Json {
    const file = this.world.files.get(id);
    if (!file || file.deleted) return { id, mode: 'tombstone' };
    if (file.access === 'check_file_info')
      return { id, created: 0, timestamp: 0, user: '', mode: 'file_access', file_access: 'check_file_info' };
    const inMessage = this.file(file);
    for (const key of ['shares', 'channels', 'groups', 'ims', 'comments_count']) delete inMessage[key];
    return inMessage;
  }

  private shares(key: string, shares: SlackFile['shares']): Json {
    if (shares.length === 0) return {};
    const byChannel: Record<string, Json[]> = {};
    for (const { channel, ts, threadTs } of shares)
      (byChannel[channel] ??= []).push({ ts, ...(threadTs ? { thread_ts: threadTs } : {}), reply_count: 0 });
    return { [key]: byChannel };
  }

  private clientId(message: Message): string {
    return `00000000-0000-4000-8000-${message.ts.replace('.', '').slice(-12)}`;
  }
}
