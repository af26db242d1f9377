import { HarkError } from '../../core/errors';
import { truncated } from './media-claims';

/** A hostile file can make ffmpeg complain without end: its first words and its last are kept. */
const KEPT_CHARACTERS = 16 * 1024;

const DURATION = /^ *Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m;
const CUT_OFF = /moov atom not found|File ended prematurely|partial file/;
/** ffmpeg up to 6, and from 7 on. */
const NO_STREAM = /Output file (?:#0 )?does not contain any stream/;

/** What ffmpeg says of a file on stderr. */
export class FfmpegLog {
  private first = '';
  private last = '';

  add(text: Buffer): void {
    const words = text.toString('latin1');
    if (this.first.length < KEPT_CHARACTERS) this.first += words;
    else this.last = (this.last + words).slice(-KEPT_CHARACTERS);
  }

  /** As the header says; undefined when it says nothing. */
  get seconds(): number | undefined {
    const [, hours, minutes, seconds] = DURATION.exec(this.first) ?? [];
    return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  }

  get hasVideo(): boolean {
    return /^ *Stream #0:\d.*: Video: /m.test(this.inputPart);
  }

  private get hasAudio(): boolean {
    return /^ *Stream #0:\d.*: Audio: /m.test(this.inputPart);
  }

  /** ffmpeg lists the input's streams before it names its output. */
  private get inputPart(): string {
    return this.first.split(/^Output #0/m)[0] ?? '';
  }

  /** What went wrong, if anything did. */
  failure(exitCode: number): HarkError | undefined {
    const words = this.first + this.last;
    const cause = new Error(`ffmpeg ended with ${exitCode}: ${words.slice(-2_000)}`);
    if (CUT_OFF.test(words)) return truncated();
    if (NO_STREAM.test(words) || (exitCode !== 0 && this.hasVideo && !this.hasAudio)) {
      return new HarkError('media_no_audio', 'The file has no sound.', { cause });
    }
    if (exitCode === 0) return undefined;
    return new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.', { cause });
  }
}
