import { Injectable, Logger } from '@nestjs/common';
import { DraftModelService } from './draft-model.service';
import { Interruption } from './interruption';
import { Draft, TranscriptionJob } from './job';
import { KeptResultsService } from './kept-results.service';
import { Listener, ListeningService } from './listening.service';
import { MediaOpenerService } from './media-opener.service';
import { NeedsNoDraft } from './needs-no-draft';
import { SpeakerService } from './speaker.service';

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
    try {
      const model = await this.models.for(job, signal);
      return model === undefined ? undefined : await this.listen(job, model, signal, listener);
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
      const options = { ...this.speakers.options(job, speaker), model, draft: true };
      // The same sound may have come under another name.
      const known = async (sha256: string) => {
        if (await this.kept.ofAudio(job, sha256)) throw new NeedsNoDraft();
        return undefined;
      };
      const { transcript, media } = await this.listening.listen(input, options, signal, listener, known);
      return transcript.text === '' ? undefined : { transcript, media };
    } finally {
      input.stream.destroy();
    }
  }
}
