import { ListeningService } from '../../../src/core/listening.service';
import { Policy } from '../../../src/core/policy';
import { Telemetry } from '../../../src/core/telemetry';
import { SystemClock } from '../../../src/core/clock';
import { Circuit } from '../../../src/transcribers/circuit';
import { CircuitTimings } from '../../../src/transcribers/circuit-timings';
import { TranscriberChain } from '../../../src/transcribers/transcriber-chain';
import { GENEROUS, mediaBench, streamInput } from '../../support/media-bench';
import { serverBinary, WhisperRig, whisperSettings } from '../../support/whisper';

const NOBODY = {
  begins: () => Promise.resolve(),
  sounds: () => undefined,
  heard: () => Promise.resolve(),
};

/** What hark makes of recordings, from their bytes to their text: decoded, cut, heard, and freed of inventions. */
export class HarkWords {
  private readonly media = mediaBench();
  private readonly rig: WhisperRig;
  private readonly listening: ListeningService;

  /** @param model a path, or `demo` */
  constructor(model: string) {
    const settings = whisperSettings({ WHISPER_SERVER_BIN: serverBinary(), WHISPER_MODEL: model });
    this.rig = new WhisperRig(settings);
    const telemetry = new Telemetry();
    const circuit = new Circuit(this.rig.transcriber, new CircuitTimings(), new SystemClock(), telemetry);
    const policy = { media: GENEROUS } as Policy;
    this.listening = new ListeningService(
      this.media.reader,
      new TranscriberChain([circuit]),
      policy,
      telemetry,
    );
  }

  async heard(recording: Buffer): Promise<string> {
    const options = { language: 'auto', translate: false };
    const { signal } = new AbortController();
    const { transcript } = await this.listening.listen(streamInput(recording), options, signal, NOBODY);
    return transcript.text;
  }

  async close(): Promise<void> {
    await Promise.all([this.rig.close(), this.media.close()]);
  }
}
