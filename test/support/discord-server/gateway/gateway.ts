import { randomBytes } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import {
  GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  GatewayPresenceUpdateData,
  GatewayReadyDispatchData,
  GatewayRequestGuildMembersData,
} from 'discord.js';
import { WebSocketServer } from 'ws';
import { guildCreateOf } from '../payloads/guild-payload';
import { AdjustableClock } from '../state/clock';
import { Journal } from '../state/journal';
import { botSees } from '../state/permissions';
import { World } from '../state/world';
import { Dispatch, Dispatcher, SessionView } from './dispatch';
import { GatewayConnection, GatewayHub } from './gateway-connection';
import { GatewaySession } from './gateway-session';

export interface GatewaySettings {
  token: string;
  heartbeatMs: number;
}

/** Gateway v10, JSON, uncompressed: what discord.js asks for where zlib-sync is not installed. */
export class Gateway implements Dispatcher, GatewayHub {
  readonly sessions: GatewaySession[] = [];
  /** Codes with which this gateway has closed connections, oldest first. */
  readonly closeCodes: number[] = [];
  /** Successful resumes so far. */
  resumes = 0;
  /** False: heartbeats are not answered, and the client must notice. */
  acknowledgesHeartbeats = true;
  /** True: no connection is accepted (503 instead of the upgrade). */
  refusing = false;
  address = '';
  /** Where there is a voice server it says where that is; else nothing comes of it. */
  moveBot: (guild: string, channel: string | null) => void = () => undefined;
  #duplicates = 0;
  readonly #connections = new Set<GatewayConnection>();
  readonly #sockets = new WebSocketServer({ noServer: true });

  constructor(
    readonly world: World,
    readonly journal: Journal,
    private readonly clock: AdjustableClock,
    private readonly settings: GatewaySettings,
  ) {}

  get token(): string {
    return this.settings.token;
  }

  get heartbeatMs(): number {
    return this.settings.heartbeatMs;
  }

  /** The last presence that any client has set, that of IDENTIFY included. */
  get presence(): GatewayPresenceUpdateData | undefined {
    return this.sessions.findLast((session) => session.presences.length > 0)?.presences.at(-1);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'ws://local');
    const spoken = searchParams.get('v') === '10' && searchParams.get('encoding') === 'json';
    if (this.refusing || !spoken || searchParams.has('compress')) {
      socket.end(`HTTP/1.1 ${this.refusing ? '503 Service Unavailable' : '400 Bad Request'}\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      this.#connections.add(new GatewayConnection(this, client));
      this.journal.changed();
    });
  }

  /** A new session: READY, then the guilds, as IDENTIFY is answered. */
  open(connection: GatewayConnection, data: GatewayIdentifyData): GatewaySession {
    const shard = data.shard ?? [0, 1];
    const session = new GatewaySession(randomBytes(16).toString('hex'), data.intents, shard, () =>
      this.clock.now(),
    );
    session.attach(connection.socket);
    if (data.presence) session.presences.push(data.presence);
    this.sessions.push(session);
    const guilds = this.world.guildsOfBot();
    const { id, flags, flags_new } = this.world.application;
    const ready: GatewayReadyDispatchData = {
      v: 10,
      user: this.world.bot,
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.address,
      shard,
      application: { id, flags, flags_new },
    };
    session.dispatch('READY', ready);
    if (data.intents & GatewayIntentBits.Guilds) {
      const { presences } = viewOf(session);
      for (const guild of guilds) {
        session.dispatch('GUILD_CREATE', guildCreateOf(this.world, guild, presences));
      }
    }
    return session;
  }

  /** Sends the event to every session that hears of such things, kept for those that are cut off. */
  dispatch(dispatch: Dispatch): void {
    const { event, intents, guildId, channelId } = dispatch;
    const channel = channelId === undefined ? undefined : this.world.channels.get(channelId);
    const outside = guildId !== undefined && !this.world.guild(guildId).members.has(this.world.bot.id);
    if (outside || (channel && !botSees(this.world, channel))) return;
    const twice = this.#duplicates > 0 && /^(MESSAGE|INTERACTION)_CREATE$/.test(event);
    if (twice) this.#duplicates -= 1;
    for (const session of this.sessions) {
      if (!session.alive || (intents !== 0 && (session.intents & intents) === 0)) continue;
      const data = dispatch.data(viewOf(session));
      session.dispatch(event, data);
      if (twice) session.dispatch(event, data);
    }
    this.journal.changed();
  }

  /** The next `count` new messages or interactions arrive twice, as Discord's at-least-once delivery allows. */
  duplicateNext(count: number): void {
    this.#duplicates += count;
  }

  sendMembers(session: GatewaySession, request: GatewayRequestGuildMembersData): void {
    const ids = 'user_ids' in request && request.user_ids ? [request.user_ids].flat() : undefined;
    const all = [...this.world.guild(request.guild_id).members.values()];
    const members = ids ? all.filter((member) => ids.includes(member.user.id)) : all;
    const known = new Set(members.map((member) => member.user.id));
    session.dispatch('GUILD_MEMBERS_CHUNK', {
      guild_id: request.guild_id,
      members,
      not_found: ids?.filter((id) => !known.has(id)) ?? [],
      chunk_index: 0,
      chunk_count: 1,
      nonce: request.nonce,
    });
  }

  /** Drops every socket without a close frame, as a broken network does. Sessions stay resumable. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes every socket with this code. */
  close(code: number, reason = ''): void {
    for (const { socket } of this.#connections) {
      this.closeCodes.push(code);
      socket.close(code, reason);
    }
  }

  /** Op 7: the clients are asked to reconnect and resume. */
  requestReconnect(): void {
    for (const connection of this.#connections) connection.send(GatewayOpcodes.Reconnect, null);
  }

  /** Op 9: the session is over; `resumable` lets the client try to resume it. */
  invalidateSession(resumable = false): void {
    for (const connection of this.#connections) {
      if (!resumable) connection.session?.end();
      connection.send(GatewayOpcodes.InvalidSession, resumable);
    }
  }

  forget(connection: GatewayConnection): void {
    this.#connections.delete(connection);
    this.journal.changed();
  }

  stop(): void {
    this.cut();
    this.#sockets.close();
  }
}

function viewOf(session: GatewaySession): SessionView {
  return {
    content: (session.intents & GatewayIntentBits.MessageContent) !== 0,
    presences: (session.intents & GatewayIntentBits.GuildPresences) !== 0,
  };
}
