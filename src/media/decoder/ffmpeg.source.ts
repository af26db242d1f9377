import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HarkError } from '../../core/errors';
import { DecodeRequest, SAMPLE_RATE } from '../pool/protocol';
import { AUDIO_CODECS } from './audio-codecs';
import { FfmpegLog } from './ffmpeg-log';
import { startFfmpeg } from './ffmpeg.program';
import { MediaClaims } from './media-claims';
import { fromFloat32 } from './pcm';

/** Largest single thing that ffmpeg may keep, in bytes. */
const LARGEST_BLOCK = 256 * 1024 * 1024;

/**
 * Decodes by the system's ffmpeg, which reads from a pipe and nothing else: no name and no protocol from outside
 * reaches it, the demuxer is named by hark, no decoder but those for sound is used, and it has one thread and a limit on
 * what it puts out.
 *
 * @throws HarkError `media_no_audio`, `media_truncated`, `media_decode_failed` and those of `MediaClaims`
 */
export async function* ffmpegSource(
  input: AsyncIterable<Buffer>,
  request: DecodeRequest,
  claims: MediaClaims,
): AsyncGenerator<Float32Array, void, void> {
  const { process } = startFfmpeg(argumentsFor(request));
  const log = new FfmpegLog();
  const [stdin, stdout, stderr] = [process.stdin!, process.stdout!, process.stderr!];
  const exited = once(process, 'close').catch(() => [null]) as Promise<[number | null]>;
  // ffmpeg may close its input before the end: at its time limit, or when it has seen enough
  const feeding = pipeline(Readable.from(input), stdin).catch((error: unknown) => {
    if (!isClosedPipe(error)) throw error;
  });
  feeding.catch(() => process.kill('SIGKILL'));
  stderr.on('data', (text: Buffer) => log.add(text));
  try {
    let rest: Buffer = Buffer.alloc(0);
    let claimed = false;
    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      claimed ||= claimLength(log, claims);
      const whole = Buffer.concat([rest, chunk]);
      const usable = whole.length - (whole.length % 4);
      rest = whole.subarray(usable);
      yield fromFloat32(whole.subarray(0, usable));
    }
    await feeding;
    const [code] = await exited;
    const failure = log.failure(code ?? -1);
    if (failure) throw failure;
    claimLength(log, claims);
  } catch (error) {
    throw error instanceof HarkError ? error : notDecodable(error);
  } finally {
    process.kill('SIGKILL');
    stdin.destroy();
  }
}

function argumentsFor({ format, maxSeconds }: DecodeRequest): string[] {
  const allowed = ['-protocol_whitelist', 'pipe', '-codec_whitelist', AUDIO_CODECS.join(',')];
  const input = [...allowed, '-threads', '1', '-f', format.demuxer, '-i', 'pipe:0'];
  const output = ['-ac', '1', '-ar', String(SAMPLE_RATE), '-threads', '1', '-t', String(maxSeconds + 1)];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-max_alloc', String(LARGEST_BLOCK)],
    ...input,
    ...['-vn', '-sn', '-dn', '-map_metadata', '-1'],
    ...output,
    ...['-f', 'f32le', '-c:a', 'pcm_f32le'],
  ];
}

/** A film's length says nothing of its sound's. */
function claimLength(log: FfmpegLog, claims: MediaClaims): boolean {
  if (log.seconds !== undefined && !log.hasVideo) claims.claim(log.seconds);
  return log.seconds !== undefined;
}

function isClosedPipe(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function notDecodable(cause: unknown): HarkError {
  return new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.', { cause });
}
