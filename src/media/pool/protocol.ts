import { AudioContent } from '../../core/media';
import { ErrorCode, ErrorParams } from '../../core/errors';
import { MediaFormat } from '../formats/formats';

/*
 * How the service and a decoder process talk.
 *
 * To the decoder: orders over IPC, the file's bytes over stdin in frames of a 32-bit little-endian length and as many
 * bytes; a length of 0 ends the file. From the decoder: one `ready` over IPC, then reports over `REPORT_FD`, each with
 * two 32-bit little-endian lengths, the report as JSON, and a piece's samples as 16-bit little-endian integers.
 * A piece is sent only when it was asked for by `take`; that is what keeps the decoder one piece ahead and no more.
 */

/** The file descriptor that carries reports. Not stdout, so that no library's chatter can get between them. */
export const REPORT_FD = 4;
/** Hz of everything that leaves the decoder. */
export const SAMPLE_RATE = 16_000;
/** Whisper hears 30 s at a time; 2 s are left for what the engine adds. */
export const MAX_PIECE_SECONDS = 28;

/** Without ffmpeg larger files take too long to decode. */
export const WASM_MAX_BYTES = 32 * 1024 * 1024;

export interface DecodeRequest {
  format: MediaFormat;
  maxSeconds: number;
  /** Bounds what a decoder may lay down in temporary files. */
  maxBytes: number;
  /** Bytes of the whole file, where the source says so. */
  bytes?: number;
}

export type DecoderOrder = { type: 'start'; request: DecodeRequest } | { type: 'take' };

export interface DecoderReady {
  type: 'ready';
  /** Version of the ffmpeg that was found. */
  ffmpeg?: string;
}

/** `busyMs`: time the decoder worked, without what it waited for bytes or for a taker. */
export interface PieceReport {
  type: 'piece';
  index: number;
  start: number;
  content: AudioContent;
  progress: number;
  /** Seconds decoded so far. */
  seconds: number;
  /** As the header says, while that can be true. */
  claimedSeconds?: number;
  busyMs: number;
}

interface FailureReport {
  type: 'failed';
  code: ErrorCode;
  message: string;
  params: ErrorParams;
  retryable: boolean;
  /** For the log. */
  detail?: string;
}

export type DecoderReport = PieceReport | FailureReport | { type: 'done'; seconds: number; busyMs: number };
