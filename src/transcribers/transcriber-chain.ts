import { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { HarkError } from '../core/errors';
import { AudioPiece } from '../core/media';
import { Availability, HeardSegment, ListeningOptions, Transcriber } from '../core/transcriber';
import { Segment } from '../core/transcript';
import { TranscriptionOptions } from '../core/voice-note';
import { Circuit } from './circuit';
import { withoutInventions } from './inventions';
import { orAborted } from './or-aborted';
import { Failure, verdictOf } from './verdict';

const NOBODY: Availability = { state: 'unavailable', detail: 'There is no speech engine.' };

/**
 * The back ends in order of preference. Each piece goes to the first that is in use; where that one fails, the next one
 * gets the piece from its beginning.
 */
export class TranscriberChain extends Transcriber implements OnModuleInit, OnModuleDestroy {
  readonly name: string;

  /** @param circuits at least one */
  constructor(readonly circuits: readonly Circuit[]) {
    super();
    this.name = circuits.map(({ transcriber }) => transcriber.name).join(',');
  }

  async *transcribe(
    piece: AudioPiece,
    options: ListeningOptions,
    signal: AbortSignal,
  ): AsyncIterable<HeardSegment> {
    if (options.draft) {
      yield* this.draft(piece, options, signal);
      return;
    }
    const failures: Failure[] = [];
    for (const circuit of this.circuits) {
      if (circuit.isOpen) {
        failures.push(...failureOf(circuit));
        continue;
      }
      const hurry = this.circuits.some((other) => other !== circuit && !other.isOpen);
      try {
        const segments = await circuit.hear(piece, options, signal, hurry);
        yield* believable(segments, piece, circuit.transcriber.describe(options));
        return;
      } catch (error) {
        signal.throwIfAborted();
        failures.push({ error: HarkError.from(error) });
      }
    }
    throw verdictOf(failures, this.soonest());
  }

  describe(options: TranscriptionOptions): string {
    const next = this.circuits.find(({ isOpen }) => !isOpen) ?? this.circuits[0];
    return next?.transcriber.describe(options) ?? '';
  }

  async available(model?: string): Promise<Availability> {
    const only = model === undefined ? undefined : this.withModel(model);
    if (model !== undefined) return only ? availabilityOf(only, model) : NOBODY;
    const all = await Promise.all(this.circuits.map((circuit) => availabilityOf(circuit)));
    const best = all.find(({ state }) => state === 'ready') ?? all.find(({ state }) => state === 'loading');
    return best ?? all[0] ?? NOBODY;
  }

  override async ready(options: TranscriptionOptions, signal: AbortSignal): Promise<void> {
    const { model } = options;
    const only = model === undefined ? undefined : this.withModel(model);
    const all = (only ? [only] : this.circuits).map(({ transcriber }) => transcriber.ready(options, signal));
    await Promise.any(all).catch((error: AggregateError) => {
      throw error.errors[0];
    });
  }

  override outage(): HarkError | undefined {
    if (this.circuits.some(({ isOpen }) => !isOpen)) return undefined;
    return verdictOf(this.circuits.flatMap(failureOf), this.soonest());
  }

  override async recovery(signal: AbortSignal): Promise<void> {
    if (this.circuits.some(({ isOpen }) => !isOpen)) return;
    await orAborted(Promise.race(this.circuits.map(({ closing }) => closing)), signal);
  }

  onModuleInit(): void {
    for (const circuit of this.circuits) circuit.tell();
  }

  onModuleDestroy(): void {
    for (const circuit of this.circuits) circuit.end();
  }

  private withModel(model: string): Circuit | undefined {
    return this.circuits.find(({ transcriber }) => transcriber.has(model));
  }

  /** By whoever has the model, and past the circuit breaker: it says nothing of how the chosen model is. */
  private async *draft(
    piece: AudioPiece,
    options: ListeningOptions,
    signal: AbortSignal,
  ): AsyncIterable<HeardSegment> {
    const circuit = this.withModel(options.model ?? '');
    if (!circuit || (await availabilityOf(circuit, options.model)).state !== 'ready')
      throw new HarkError('engine_unavailable', 'There is no model for drafts at the moment.', {
        retryable: true,
      });
    const { transcriber } = circuit;
    const segments: Segment[] = [];
    for await (const segment of transcriber.transcribe(piece, options, signal)) segments.push(segment);
    yield* believable(segments, piece, transcriber.describe(options));
  }

  private soonest(): Date {
    const times = this.circuits.filter(({ isOpen }) => isOpen).map(({ nextTest }) => nextTest.getTime());
    return new Date(Math.min(...times));
  }
}

async function availabilityOf(
  { transcriber, isOpen, lastError }: Circuit,
  model?: string,
): Promise<Availability> {
  if (isOpen && lastError) return { state: 'unavailable', detail: lastError.userMessage };
  return transcriber.available(model);
}

function* believable(
  segments: readonly Segment[],
  piece: AudioPiece,
  madeBy: string,
): Generator<HeardSegment> {
  for (const segment of withoutInventions(segments, piece)) yield { ...segment, madeBy };
}

/** Why the back end is out of use. */
function failureOf({ lastError, nextTest }: Circuit): Failure[] {
  return lastError ? [{ error: lastError, nextTest }] : [];
}
