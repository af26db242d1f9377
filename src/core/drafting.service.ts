import { Injectable, Logger } from '@nestjs/common';
import { DraftModelService } from './draft-model.service';
import { isLengthy } from './fair-share';
import { Interruption } from './interruption';
import { Draft, TranscriptionJob } from './job';
import { KeptResultsService } from './kept-results.service';
import { Listener, ListeningService } from './listening.service';
import { MediaOpenerService } from './media-opener.service';
import { SpeakerService } from './speaker.service';

/** The recording turns out so long that its text grows by itself. */
class NeedsNoDraft extends Error {}

/** Has a note read by a small model first, for whoever waits. What comes of that is shown, and nothing else. */
@Injectable()
export class DraftingService {
  private readonly logger = new Logger(DraftingService.name);

  constructor(
    private readonly models: DraftModelService,
    private readonly kept: KeptResultsService,
    private readonly opener: MediaOpenerService,
    private readonly listening: ListeningService,
    private readonly speakers: SpeakerService,
  ) {}

  /**
   * Undefined when there is none to be had, for whatever reason: the note is then read at once as it would be anyway, and
   * what is wrong with it shows.
   *
   * @throws Interruption, and the reason of `signal`
   */
  async draft(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<Draft | undefined> {
    const model = await this.models.for(job, signal);
    if (model === undefined) return undefined;
    try {
      return await this.listen(job, model, signal, listener);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Interruption) throw error;
      if (!(error instanceof NeedsNoDraft))
        this.logger.debug({ err: error, jobId: job.id, msg: 'There is no draft' });
      return undefined;
    }
  }

  private async listen(
    job: TranscriptionJob,
    model: string,
    signal: AbortSignal,
    listener: Listener,
  ): Promise<Draft | undefined> {
    const speaker = await this.speakers.of(job);
    // What is known already needs no draft.
    if (await this.kept.find(job)) return undefined;
    await listener.begins();
    const input = await this.opener.open(job, signal);
    try {
      const options = { ...this.speakers.options(job, speaker), model };
      const { transcript, media } = await this.listening.listen(input, options, signal, onlyShort(listener));
      return transcript.text === '' ? undefined : { transcript, media };
    } finally {
      input.stream.destroy();
    }
  }
}

/** Nothing of a draft is stored before it is whole. */
function onlyShort(listener: Listener): Listener {
  return {
    begins: () => listener.begins(),
    sounds: () => listener.sounds(),
    heard: ({ media, claimedSeconds = 0 }) => {
      const lengthy = isLengthy(Math.max(media.seconds ?? 0, claimedSeconds));
      return lengthy ? Promise.reject(new NeedsNoDraft()) : Promise.resolve();
    },
  };
}
