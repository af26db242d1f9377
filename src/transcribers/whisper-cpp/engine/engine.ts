import { Availability } from '../../../core/transcriber';
import { EngineClient } from './engine-client';

/** A whisper.cpp server that can be asked, wherever it runs. */
export abstract class Engine {
  /** Begins to get ready, if that is needed. Returns at once. */
  abstract start(): void;
  abstract stop(): Promise<void>;
  abstract available(): Promise<Availability>;
  /**
   * Waits until it can be asked; begins to get ready if need be.
   *
   * @throws HarkError `engine_…` or `model_…`, and the abort reason
   */
  abstract ready(signal: AbortSignal): Promise<void>;
  /**
   * Waits until the engine is ready and does `work` with it.
   *
   * @param audioSeconds of the audio to be worked on, from which follows how long it may take
   * @throws HarkError `engine_…` or `model_…`; when `signal` fires its reason, as soon as the engine has stopped
   */
  abstract use<T>(
    audioSeconds: number,
    signal: AbortSignal,
    work: (client: EngineClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}
