import {
  GatewayCloseCodes,
  GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  GatewayPresenceUpdateData,
  GatewayRequestGuildMembersData,
  GatewayResumeData,
  GatewayVoiceStateUpdateData,
} from 'discord.js';
import { RawData, WebSocket } from 'ws';
import { isGranted, PrivilegedIntent } from '../payloads/account-payload';
import { Journal } from '../state/journal';
import { World } from '../state/world';
import { GatewaySession } from './gateway-session';

const PRIVILEGED: [number, PrivilegedIntent][] = [
  [GatewayIntentBits.MessageContent, 'messageContent'],
  [GatewayIntentBits.GuildMembers, 'guildMembers'],
  [GatewayIntentBits.GuildPresences, 'presence'],
];
const KNOWN_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
);
/** Discord's documented limit of what a client may send. */
const FRAMES_A_MINUTE = 120;

interface Frame {
  op: number;
  d: unknown;
}

/** What a connection needs of the gateway it belongs to. */
export interface GatewayHub {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly acknowledgesHeartbeats: boolean;
  readonly world: World;
  readonly journal: Journal;
  readonly sessions: GatewaySession[];
  readonly closeCodes: number[];
  resumes: number;
  /** The bot wants to be in this voice channel of the server, or in none. */
  moveBot: (guild: string, channel: string | null) => void;
  open(connection: GatewayConnection, data: GatewayIdentifyData): GatewaySession;
  sendMembers(session: GatewaySession, request: GatewayRequestGuildMembersData): void;
  forget(connection: GatewayConnection): void;
}

/** One socket, from HELLO to its close. */
export class GatewayConnection {
  session?: GatewaySession;
  #frames: number[] = [];

  constructor(
    private readonly gateway: GatewayHub,
    readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => this.#receive(data));
    socket.on('close', (code) => this.#closed(code));
    // A reset connection is a test's wish; its close event says all there is to say.
    socket.on('error', () => undefined);
    this.send(GatewayOpcodes.Hello, { heartbeat_interval: gateway.heartbeatMs, _trace: ['["local"]'] });
  }

  send(op: GatewayOpcodes, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  #receive(data: RawData): void {
    const now = Date.now();
    this.#frames = [...this.#frames.filter((at) => at > now - 60_000), now];
    if (this.#frames.length > FRAMES_A_MINUTE) return this.#close(GatewayCloseCodes.RateLimited);
    let frame: Frame;
    try {
      frame = JSON.parse((data as Buffer).toString('utf8')) as Frame;
    } catch {
      return this.#close(GatewayCloseCodes.DecodeError);
    }
    this.#handle(frame);
    this.gateway.journal.changed();
  }

  #handle({ op, d }: Frame): void {
    if (op === Number(GatewayOpcodes.Heartbeat)) {
      if (this.gateway.acknowledgesHeartbeats) this.send(GatewayOpcodes.HeartbeatAck, null);
    } else if (op === Number(GatewayOpcodes.Identify)) this.#identify(d as GatewayIdentifyData);
    else if (op === Number(GatewayOpcodes.Resume)) this.#resume(d as GatewayResumeData);
    else if (!this.session) this.#close(GatewayCloseCodes.NotAuthenticated);
    else if (op === Number(GatewayOpcodes.PresenceUpdate)) {
      this.session.presences.push(d as GatewayPresenceUpdateData);
    } else if (op === Number(GatewayOpcodes.RequestGuildMembers)) {
      this.gateway.sendMembers(this.session, d as GatewayRequestGuildMembersData);
    } else if (op === Number(GatewayOpcodes.VoiceStateUpdate)) {
      const { guild_id: guild, channel_id: channel } = d as GatewayVoiceStateUpdateData;
      this.gateway.moveBot(guild, channel);
    } else this.#close(GatewayCloseCodes.UnknownOpcode);
  }

  #identify(data: GatewayIdentifyData): void {
    const { application } = this.gateway.world;
    if (this.session) return this.#close(GatewayCloseCodes.AlreadyAuthenticated);
    if (data.token !== this.gateway.token) return this.#close(GatewayCloseCodes.AuthenticationFailed);
    if (!Number.isInteger(data.intents) || (data.intents & ~KNOWN_INTENTS) !== 0) {
      return this.#close(GatewayCloseCodes.InvalidIntents);
    }
    const refused = PRIVILEGED.some(([bit, name]) => data.intents & bit && !isGranted(application, name));
    if (refused) return this.#close(GatewayCloseCodes.DisallowedIntents);
    this.session = this.gateway.open(this, data);
  }

  #resume(data: GatewayResumeData): void {
    if (data.token !== this.gateway.token) return this.#close(GatewayCloseCodes.AuthenticationFailed);
    const session = this.gateway.sessions.find((one) => one.id === data.session_id);
    if (!session?.canReplay(data.seq)) return this.send(GatewayOpcodes.InvalidSession, false);
    if (data.seq > session.sequence) return this.#close(GatewayCloseCodes.InvalidSeq);
    session.attach(this.socket);
    this.session = session;
    session.replay(data.seq);
    session.dispatch('RESUMED', { _trace: ['["local"]'] });
    this.gateway.resumes += 1;
  }

  #close(code: GatewayCloseCodes): void {
    this.gateway.closeCodes.push(code);
    this.socket.close(code, GatewayCloseCodes[code]);
  }

  #closed(code: number): void {
    this.session?.detach(this.socket, code === 1000 || code === 1001);
    this.gateway.forget(this);
  }
}
