import { createCipheriv, randomBytes } from 'node:crypto';
import { createSocket, RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import { DiscordServer } from './discord-server/discord-server';

/** Made for these tests alone: a key, and a certificate for 127.0.0.1 that nobody else trusts. */
const PEM = readFileSync(join(__dirname, 'voice-server.pem'), 'utf8');
const MODE = 'aead_aes256_gcm_rtpsize';
const OPUS = 120;
const FRAME_SAMPLES = 960;
enum Op {
  Identify,
  SelectProtocol,
  Ready,
  Heartbeat,
  SessionDescription,
  Speaking,
  HeartbeatAck,
  Hello = 8,
}

/**
 * A voice server of one's own: the voice gateway (version 8) over TLS, and RTP over UDP with AES-256-GCM. End-to-end
 * encryption (DAVE) it does not offer.
 */
export class VoiceServer implements AsyncDisposable {
  private readonly secret = randomBytes(32);
  private readonly ssrcs = new Map<string, number>();
  private client?: WebSocket;
  private hearer?: RemoteInfo;
  private sequence = 0;
  private readonly ready = Promise.withResolvers<void>();

  private constructor(
    private readonly https: Server,
    private readonly udp: Socket,
    private readonly trusted: string[],
  ) {
    new WebSocketServer({ server: https }).on('connection', (client) => this.meet(client));
    udp.on('message', (message, from) => this.discover(message, from));
  }

  /** The one that `discord` sends the bot to. */
  static async start(discord: DiscordServer): Promise<VoiceServer> {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, PEM]);
    const https = createServer({ key: PEM, cert: PEM }).listen(0, '127.0.0.1');
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    await Promise.all([once(https, 'listening'), once(udp, 'listening')]);
    const endpoint = `127.0.0.1:${(https.address() as AddressInfo).port}`;
    discord.gateway.moveBot = (guild, channel) => {
      discord.change.setVoice(guild, discord.world.bot, channel);
      const data = { token: 'voice-token', guild_id: guild, endpoint };
      if (channel)
        discord.gateway.dispatch({
          event: 'VOICE_SERVER_UPDATE',
          intents: 0,
          guildId: guild,
          data: () => data,
        });
    };
    return new VoiceServer(https, udp, trusted);
  }

  /** The packets of somebody, one every 20 ms; damaged ones among them cannot be decrypted. */
  async speak(
    { id }: { id: string },
    packets: readonly Buffer[],
    damaged: readonly number[] = [],
  ): Promise<void> {
    await this.ready.promise;
    const ssrc = this.ssrcs.get(id) ?? 1_000 + this.ssrcs.size;
    this.ssrcs.set(id, ssrc);
    this.say(Op.Speaking, { user_id: id, ssrc, speaking: 1, delay: 0 });
    const begun = performance.now();
    for (const [index, packet] of packets.entries()) {
      const sealed = this.sealed(packet, ssrc);
      if (damaged.includes(index)) sealed[15]! ^= 0xff;
      this.udp.send(sealed, this.hearer?.port ?? 0, this.hearer?.address);
      const ahead = begun + (index + 1) * 20 - performance.now();
      if (ahead > 1) await new Promise((resolve) => setTimeout(resolve, ahead));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    setDefaultCACertificates(this.trusted);
    this.client?.terminate();
    this.udp.close();
    this.https.closeAllConnections();
    await new Promise((resolve) => this.https.close(resolve));
  }

  private meet(client: WebSocket): void {
    this.client = client;
    client.on('message', (data) => {
      const { op, d } = JSON.parse((data as Buffer).toString()) as { op: Op; d: { t?: number } };
      if (op === Op.Identify) {
        const { port } = this.udp.address();
        this.say(Op.Ready, { ssrc: 1, ip: '127.0.0.1', port, modes: [MODE] });
      } else if (op === Op.SelectProtocol) {
        const secret_key = [...this.secret];
        this.say(Op.SessionDescription, { mode: MODE, secret_key, dave_protocol_version: 0 });
        this.ready.resolve();
      } else if (op === Op.Heartbeat) this.say(Op.HeartbeatAck, { t: d.t });
    });
    this.say(Op.Hello, { heartbeat_interval: 30_000, v: 8 });
  }

  /** Tells the client its own address: 2, 70, the SSRC, the address in 64 bytes, the port. */
  private discover(message: Buffer, from: RemoteInfo): void {
    if (message.length !== 74 || message.readUInt16BE(0) !== 1) return;
    this.hearer = from;
    const answer = Buffer.alloc(74);
    answer.writeUInt16BE(2, 0);
    answer.writeUInt16BE(70, 2);
    message.copy(answer, 4, 4, 8);
    answer.write(from.address, 8);
    answer.writeUInt16BE(from.port, 72);
    this.udp.send(answer, from.port, from.address);
  }

  private say(op: Op, d: object): void {
    this.client?.send(JSON.stringify({ op, d }));
  }

  private sealed(packet: Buffer, ssrc: number): Buffer {
    const header = Buffer.alloc(12);
    this.sequence += 1;
    header.writeUInt8(0x80, 0);
    header.writeUInt8(OPUS, 1);
    header.writeUInt16BE(this.sequence & 0xffff, 2);
    header.writeUInt32BE((this.sequence * FRAME_SAMPLES) >>> 0, 4);
    header.writeUInt32BE(ssrc, 8);
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(this.sequence, 0);
    const cipher = createCipheriv('aes-256-gcm', this.secret, nonce).setAAD(header);
    const body = Buffer.concat([cipher.update(packet), cipher.final()]);
    return Buffer.concat([header, body, cipher.getAuthTag(), nonce.subarray(0, 4)]);
  }
}
