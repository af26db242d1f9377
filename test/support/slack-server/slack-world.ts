import {
  Channel,
  ChannelKind,
  EphemeralMessage,
  Group,
  Message,
  SlackFile,
  Team,
  User,
  View,
} from './slack-model';
import { SlackClock } from './slack-clock';
import { SlackIds } from './slack-ids';

/** The scopes that a bot has unless the test says otherwise: all that this server knows. */
const everyScope = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
];

export interface TeamOptions {
  name?: string;
  domain?: string;
  botName?: string;
  /** Granted to the bot; all that this server knows unless given. */
  scopes?: string[];
}
export type UserOptions = Partial<Omit<User, 'id' | 'teamId'>> & { team?: Team };
export interface ChannelOptions {
  team?: Team;
  name?: string;
  kind?: ChannelKind;
  creator?: User | string;
  /** Ids or users; the creator is always one of them. */
  members?: (User | string)[];
  /** Whether the bot is a member; true unless given. */
  withBot?: boolean;
  archived?: boolean;
}

const idOf = (who: User | string) => (typeof who === 'string' ? who : who.id);

/** All that exists in the workspaces, and how a test furnishes them. Changing it here tells the app nothing. */
export class SlackWorld {
  readonly teams = new Map<string, Team>();
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, SlackFile>();
  readonly views = new Map<string, View>();
  readonly ephemerals: EphemeralMessage[] = [];
  private readonly messages = new Map<string, Message[]>();

  constructor(
    readonly ids: SlackIds,
    readonly clock: SlackClock,
  ) {}

  /** A workspace with the app's bot in it. */
  addTeam(options: TeamOptions = {}): Team {
    const id = this.ids.id('T');
    const name = options.name ?? 'Acme';
    const botName = options.botName ?? 'hark';
    const token = `xoxb-${Date.now()}-${this.ids.secret(12)}-${this.ids.secret(24)}`;
    const bot = { userId: '', botId: this.ids.id('B'), name: botName, token, scopes: new Set<string>() };
    const team = { id, name, domain: options.domain ?? name.toLowerCase(), bot };
    for (const scope of options.scopes ?? everyScope) bot.scopes.add(scope);
    this.teams.set(id, team);
    bot.userId = this.addUser({ team, name: botName, realName: botName, isBot: true }).id;
    return team;
  }

  addUser(options: UserOptions = {}): User {
    const { team = this.team(), ...given } = options;
    const id = this.ids.id('U');
    const name = given.name ?? `user${this.users.size}`;
    const user: User = {
      id,
      teamId: team.id,
      name,
      realName: name,
      isBot: false,
      isAdmin: false,
      isOwner: false,
      isGuest: false,
      isStranger: false,
      tz: 'Europe/Berlin',
      tzOffset: 3600,
      locale: 'en-US',
      deleted: false,
      ...given,
    };
    this.users.set(id, user);
    return user;
  }

  /** A user group. */
  addGroup(handle: string, users: readonly (User | string)[]): Group {
    const id = this.ids.id('S');
    const group = { id, teamId: this.team().id, handle, users: new Set(users.map(idOf)) };
    this.groups.set(id, group);
    return group;
  }

  addChannel(options: ChannelOptions = {}): Channel {
    const team = options.team ?? this.team();
    const kind = options.kind ?? 'channel';
    const creator = options.creator ? idOf(options.creator) : this.addUser({ team }).id;
    const members = new Set([creator, ...(options.members ?? []).map(idOf)]);
    if (options.withBot ?? true) members.add(team.bot.userId);
    const id = this.ids.id(kind === 'im' ? 'D' : kind === 'mpim' ? 'G' : 'C');
    const name = kind === 'im' ? '' : (options.name ?? `channel-${this.channels.size}`);
    const archived = options.archived ?? false;
    const channel = { id, teamId: team.id, kind, name, creator, members, archived, deleted: false };
    this.channels.set(id, channel);
    return channel;
  }

  /** The direct conversation of the bot with one user, made when it is not there yet. */
  im(user: User | string, team = this.teamOf(idOf(user))): Channel {
    const id = idOf(user);
    for (const channel of this.channels.values())
      if (channel.kind === 'im' && channel.members.has(id) && channel.members.has(team.bot.userId))
        return channel;
    return this.addChannel({ team, kind: 'im', creator: id });
  }

  /** The first workspace. */
  team(): Team {
    const [team] = this.teams.values();
    if (!team) throw new Error('This Slack has no workspace');
    return team;
  }

  teamOf(userId: string): Team {
    return this.teams.get(this.user(userId).teamId) ?? this.team();
  }

  teamByToken(token: string): Team | undefined {
    return [...this.teams.values()].find((team) => team.bot.token === token);
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw new Error(`There is no user ${id}`);
    return user;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id}`);
    return channel;
  }

  /** Every message of a channel that is there, oldest first, replies among them. */
  messagesIn(channel: string): Message[] {
    return this.messages.get(channel) ?? [];
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messagesIn(channel).find((message) => message.ts === ts);
  }

  /** The replies in a thread, without the message that it hangs on. */
  replies(channel: string, ts: string): Message[] {
    return this.messagesIn(channel).filter((message) => message.threadTs === ts && message.ts !== ts);
  }

  addMessage(given: Partial<Message> & { channel: string; user: string }): Message {
    const message: Message = {
      ts: this.ids.ts(),
      text: '',
      fileIds: [],
      reactions: new Map(),
      revisions: [],
      viaResponseUrl: false,
      ...given,
    };
    this.messages.set(message.channel, [...this.messagesIn(message.channel), message]);
    return message;
  }

  removeMessage(message: Message): void {
    const left = this.messagesIn(message.channel).filter((other) => other !== message);
    this.messages.set(message.channel, left);
  }

  addFile(given: Partial<SlackFile> & { user: string; content: Buffer; name: string }): SlackFile {
    const file: SlackFile = {
      id: this.ids.id('F'),
      teamId: this.user(given.user).teamId,
      title: given.name,
      mimetype: 'application/octet-stream',
      filetype: 'binary',
      prettyType: 'Binary',
      mode: 'hosted',
      created: Math.floor(this.clock.now() / 1000),
      access: 'visible',
      shares: [],
      deleted: false,
      ...given,
    };
    this.files.set(file.id, file);
    return file;
  }
}
