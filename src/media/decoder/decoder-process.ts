import { Socket } from 'node:net';
import { HarkError } from '../../core/errors';
import { DecodeRequest, DecoderOrder, DecoderReady, REPORT_FD } from '../pool/protocol';
import { DecodeJob } from './decode-job';
import { ffmpegVersion } from './ffmpeg.program';
import { InputFrames } from './input-frames';
import { ReportWriter } from './report-writer';
import { TakeTickets } from './take-tickets';
import { warmUp } from './warm-up';
import { WorkingTime } from './working-time';

/*
 * The decoder: a process of its own that turns strangers' files into plain audio, one after the other. It knows
 * nothing of hark but its pipes (see `protocol.ts`) and the folder for temporary files, its only argument.
 */

const temporaryFolder = process.argv[2]!;
const input = new InputFrames(process.stdin);
const reports = new ReportWriter(new Socket({ fd: REPORT_FD, readable: false, writable: true }));
let tickets = new TakeTickets();
let work = Promise.resolve();

process.on('disconnect', () => process.exit());
process.on('message', (order: DecoderOrder) => {
  if (order.type === 'take') return tickets.add();
  // orders come in order: every `take` is for the file that was started last
  const own = (tickets = new TakeTickets());
  work = work.then(() => decode(order.request, own));
});

async function decode(request: DecodeRequest, takes: TakeTickets): Promise<void> {
  const time = new WorkingTime();
  const job = new DecodeJob(request, temporaryFolder);
  try {
    for await (const piece of job.pieces(time.waitingFor(input.file()))) {
      await time.waitFor(takes.take());
      const { samples, ...about } = piece;
      const { seconds, claimedSeconds } = job;
      const report = { type: 'piece', ...about, seconds, claimedSeconds, busyMs: time.milliseconds } as const;
      await time.waitFor(reports.write(report, samples));
    }
    await reports.write({ type: 'done', seconds: job.seconds, busyMs: time.milliseconds });
  } catch (error) {
    await reports.write(failure(error));
  }
  await input.skip();
}

function failure(error: unknown): Parameters<ReportWriter['write']>[0] {
  const known =
    error instanceof HarkError
      ? error
      : new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.', { cause: error });
  const detail = known.cause instanceof Error ? known.cause.message.slice(0, 4_000) : undefined;
  const { code, userMessage: message, params, retryable } = known;
  return { type: 'failed', code, message, params, retryable, detail };
}

void warmUp().then(() => process.send!({ type: 'ready', ffmpeg: ffmpegVersion() } satisfies DecoderReady));
