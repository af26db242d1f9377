import { Injectable } from '@nestjs/common';
import { TranscriptionJob } from './job';
import { AttemptResult } from './job-store';
import { AudioService } from './audio.service';
import { KeptResultsService } from './kept-results.service';
import { Listener, ListeningService } from './listening.service';
import { MediaOpenerService } from './media-opener.service';
import { SpeakerService } from './speaker.service';

/** Finds out what is said in a job's note: from what is known already, or by listening. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly kept: KeptResultsService,
    private readonly opener: MediaOpenerService,
    private readonly listening: ListeningService,
    private readonly audio: AudioService,
    private readonly speakers: SpeakerService,
  ) {}

  /** @throws HarkError of the source, the reader or the transcriber, or `speaker_opted_out`, and the abort reason when `signal` fires */
  async read(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<AttemptResult> {
    const speaker = await this.speakers.of(job);
    const { source, media } = job;
    const known = await this.kept.find(job);
    // The same file may have come under another name.
    if (known) return { ...known, media: { ...known.media, name: media.name } };
    await listener.begins();
    const { input, kept, discard } = this.audio.reading(job, await this.opener.open(job, signal));
    try {
      const options = this.speakers.options(job, speaker);
      const heard = await this.listening.listen(input, options, signal, listener, (sha256) =>
        this.kept.ofAudio(job, sha256),
      );
      await this.speakers.learn(job, speaker, heard);
      const audio = await kept();
      if (heard.reused) return { ...heard, audio };
      const sha256 = source.kind === 'upload' ? source.sha256 : heard.sha256;
      return { ...this.kept.keep(job, sha256, heard), audio };
    } catch (error) {
      await discard();
      throw error;
    } finally {
      input.stream.destroy();
    }
  }
}
