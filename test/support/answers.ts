import { randomUUID } from 'node:crypto';
import { Answer, AnswerPart, Reply } from '../../src/core/answer';
import { ErrorCode } from '../../src/core/errors';
import { JobStatus, Outcome } from '../../src/core/job';
import { Transcript } from '../../src/core/transcript';
import { AttachmentSource, ReplyAddress } from '../../src/core/voice-note';

/** What a test cares about in one part of an answer. */
export interface PartSketch {
  status?: JobStatus;
  text?: string;
  /** What a small model has heard, until it is done. */
  draft?: string;
  outcome?: Outcome;
  progress?: number;
  error?: { code: ErrorCode; message: string };
  private?: boolean;
  requester?: string;
}

/** A part that was read: its transcript waits to be delivered. */
export function spoken(text: string, more: PartSketch = {}): PartSketch {
  return { status: 'delivering', outcome: 'speech', progress: 1, ...more, text };
}

/** A part that is being read, with what has been heard of it. */
export function listening(text?: string, progress = text === undefined ? 0 : 0.5): PartSketch {
  return { status: 'running', progress, text };
}

/** A part of which there is a draft, and that waits to be read. */
export function drafted(draft: string): PartSketch {
  return { status: 'queued', draft };
}

export function failed(code: ErrorCode, message: string): PartSketch {
  return { status: 'failed', error: { code, message } };
}

/** An answer as the core hands it to a platform. */
export class AnswerUnderTest {
  readonly id = randomUUID();
  reply?: Reply;

  constructor(
    readonly address: ReplyAddress,
    private readonly source: AttachmentSource,
    readonly createdAt = new Date(),
  ) {}

  /** @param reply what the store holds; unless given, what was remembered */
  with(parts: PartSketch[], reply: Reply | undefined = this.reply): Answer {
    return {
      id: this.id,
      address: this.address,
      ...(reply && { reply }),
      parts: parts.map((part, position) => this.part(part, position)),
      createdAt: this.createdAt,
    };
  }

  private part(sketch: PartSketch, position: number): AnswerPart {
    const { status = 'queued', text, draft, outcome, progress = 0, error, requester = 'asker' } = sketch;
    const finished = status !== 'queued' && status !== 'running';
    return {
      job: {
        id: `${this.id}-${position}`,
        status,
        progress,
        priority: 0,
        platform: this.address.platform,
        author: { id: 'speaker' },
        requester: { id: requester },
        trigger: 'request',
        source: this.source,
        options: { language: 'auto', translate: false },
        private: sketch.private ?? false,
        confidential: sketch.private ?? false,
        replyTo: this.address,
        answerId: this.id,
        position,
        fresh: false,
        reused: false,
        lengthy: false,
        media: { seconds: 7 },
        outcome,
        text: finished ? text : undefined,
        language: 'en',
        error,
        draft: draft === undefined ? undefined : { transcript: transcriptOf(draft), media: { seconds: 7 } },
        attempts: 1,
        crashes: 0,
        losses: 0,
        timings: {},
        createdAt: this.createdAt,
      },
      transcript: text === undefined ? undefined : transcriptOf(text),
    };
  }
}

function transcriptOf(text: string): Transcript {
  const segments = text === '' ? [] : [{ start: 0, end: 7, text, confidence: 1, language: 'en' }];
  return { text, language: 'en', languageDetected: true, segments, seconds: 7, madeBy: 'whisper.cpp demo' };
}
