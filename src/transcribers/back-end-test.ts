import { HarkError } from '../core/errors';
import { AudioPiece } from '../core/media';
import { Transcriber } from '../core/transcriber';
import { blameOf } from './blame';
import { SAMPLE_RATE } from './wav';

const OPTIONS = { language: 'en', translate: false };

/**
 * Has a back end listen to a second of silence. One that says no to that has answered, too.
 *
 * @throws HarkError that speaks against the back end, and the abort reason
 */
export async function checkWell(transcriber: Transcriber, signal: AbortSignal): Promise<void> {
  try {
    await transcriber.ready(OPTIONS, signal);
    const { state, detail } = await transcriber.available();
    if (state === 'unavailable') throw new HarkError('engine_unavailable', detail, { retryable: true });
    for await (const _ of transcriber.transcribe(silence(), OPTIONS, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (blameOf(HarkError.from(error)) !== 'none') throw error;
  }
}

function silence(): AudioPiece {
  return { index: 0, start: 0, samples: new Int16Array(SAMPLE_RATE), content: 'speech', progress: 1 };
}
