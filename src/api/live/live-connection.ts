import { Logger } from '@nestjs/common';
import { RawData, WebSocket } from 'ws';
import { HarkError } from '../../core/errors';
import { LiveSpeaker } from '../../core/live-speaker';
import { LiveSession } from '../../core/live-sessions.service';
import { Admitted } from './live-admission.service';
import { closeCodeOf, NORMAL } from './live-close';
import { LiveLimits } from './live-limits';
import { LivePace } from './live-pace';
import { LiveStart, liveMessage } from './live-start';
import { LiveWatch } from './live-watch';
import { LiveWire } from './live-wire';

const SAMPLE_RATE = 16_000;
/** For what was said last, when nobody is in a hurry. */
const LAST_WORDS_MS = 60_000;

/** One live connection, from its first message to its end. */
export class LiveConnection {
  private readonly logger = new Logger('Live');
  private readonly session: LiveSession;
  private readonly wire: LiveWire;
  private readonly pace: LivePace;
  private readonly watch: LiveWatch;
  private speaker?: LiveSpeaker;
  private ending?: Promise<void>;

  /** @param maxSeconds of sound in one session */
  constructor(
    private readonly socket: WebSocket,
    private readonly admitted: Admitted,
    private readonly limits: LiveLimits,
    private readonly maxSeconds: number,
  ) {
    this.session = admitted.session;
    this.wire = new LiveWire(socket, limits);
    this.pace = new LivePace(limits.bytesPerSecond, limits.burstBytes);
    this.watch = new LiveWatch(socket, limits, () => void this.finish(idle()));
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('error', (err) =>
      this.logger.debug({ err, sessionId: this.session.id, msg: 'A live connection broke' }),
    );
    socket.once('close', () => this.forget());
  }

  /** What was said is read to its end and told; then the connection is closed. @param why if it was not asked for */
  finish(why?: HarkError, deadlineMs = LAST_WORDS_MS): Promise<void> {
    // Whoever is in more of a hurry than those who have ended it before.
    if (this.ending) void this.session.end(deadlineMs);
    return (this.ending ??= this.end(why, deadlineMs));
  }

  private take(data: RawData, isBinary: boolean): void {
    if (this.ending) return;
    try {
      const bytes = data as Buffer;
      if (isBinary) this.hear(bytes);
      else this.obey(bytes);
    } catch (thrown) {
      const error = HarkError.from(thrown);
      if (error.code === 'internal')
        this.logger.error({ err: thrown, sessionId: this.session.id, msg: 'A live session failed' });
      this.ending = this.abandon(error);
    }
  }

  private obey(bytes: Buffer): void {
    if (bytes.length > this.limits.textBytes)
      throw new HarkError('media_too_large', 'A message of text is larger than it may be.');
    const message = liveMessage(bytes.toString('utf8'));
    if (message.type === 'stop') void this.finish();
    else this.begin(message);
  }

  private begin({ encoding, options, partials }: LiveStart): void {
    if (this.speaker) throw new HarkError('field_invalid', 'The session has been started already.');
    this.speaker = this.session.speaker(
      { encoding, options: this.admitted.informed(options) },
      {
        ...(partials && { partial: (words) => this.wire.say({ type: 'partial', ...words }) }),
        final: (words) => this.wire.say({ type: 'final', ...words }),
        lost: (stretch, error) => this.wire.complain(error, stretch),
        dealt: () => this.letIn(),
      },
    );
    this.watch.begin();
    const { frameBytes: maxFrameBytes } = this.limits;
    const { id: session } = this.session;
    this.wire.say({ type: 'ready', session, encoding, sampleRate: SAMPLE_RATE, maxFrameBytes });
  }

  private hear(frame: Buffer): void {
    const { speaker, limits } = this;
    if (!speaker) throw new HarkError('field_invalid', 'The first message has to be a "start".');
    if (frame.length > limits.frameBytes)
      throw new HarkError('media_too_large', `A frame may have ${limits.frameBytes} bytes at most.`);
    if (!this.pace.take(Math.max(frame.length, limits.leastFrameBytes)))
      throw new HarkError('too_many_requests', 'This comes much faster than anybody speaks.');
    this.watch.heard();
    speaker.hear(frame);
    if (speaker.seconds > this.maxSeconds) void this.finish(tooLong(this.maxSeconds));
    else if (speaker.waiting > limits.waitingSeconds) this.watch.pause();
  }

  /** The engine has caught up. */
  private letIn(): void {
    if ((this.speaker?.waiting ?? 0) < this.limits.waitingSeconds / 2) this.watch.resume();
  }

  private async end(why: HarkError | undefined, deadlineMs: number): Promise<void> {
    await this.session.end(deadlineMs);
    if (why) this.wire.complain(why);
    const { id: session, seconds, spoken } = this.session.facts;
    this.wire.say({ type: 'done', session, seconds, spoken });
    this.close(why ? closeCodeOf(why.code) : NORMAL);
  }

  /** What was sent makes no sense: nothing more is read. */
  private async abandon(error: HarkError): Promise<void> {
    this.wire.complain(error);
    this.close(closeCodeOf(error.code));
    await this.session.end(0);
  }

  /** Nobody is there any more. */
  private forget(): void {
    this.ending ??= Promise.resolve();
    this.session.cancel();
    this.watch.end();
  }

  private close(code: number): void {
    this.watch.end();
    this.socket.close(code);
    // Whoever does not answer the goodbye is gone.
    const timer = setTimeout(() => this.socket.terminate(), this.limits.farewellMs / 4);
    this.socket.once('close', () => clearTimeout(timer));
  }
}

function idle(): HarkError {
  return new HarkError('live_idle', 'Nothing was sent for too long.');
}

function tooLong(seconds: number): HarkError {
  const limit = Math.floor(seconds / 60);
  return new HarkError('media_too_long', `A session may last ${limit} minutes at most.`, {
    params: { limit },
  });
}
