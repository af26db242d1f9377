import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CorrectedBy, Segment, Transcript } from '../../core/transcript';

/** What was said in a finished job. Its number is its place in the search index. */
@Entity({ tableName: 'transcript' })
export class TranscriptEntity {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  @Property({ type: 'text' })
  text: string;

  @Property({ type: 'string', nullable: true })
  language?: string;

  @Property({ type: 'boolean' })
  languageDetected: boolean;

  @Property({ type: 'json', lazy: true })
  segments: Segment[];

  @Property({ type: 'string', nullable: true })
  madeBy?: string;

  /** Length of the audio. */
  @Property({ type: 'double' })
  seconds: number;

  /** As the engine gave them; empty while nobody has corrected anything. */
  @Property({ type: 'text', nullable: true, lazy: true })
  heardText?: string | null;

  @Property({ type: 'json', nullable: true, lazy: true })
  heardSegments?: Segment[] | null;

  @Property({ type: 'string', nullable: true })
  correctedBy?: CorrectedBy | null;

  @Property({ type: 'Date', length: 3, nullable: true })
  correctedAt?: Date | null;

  constructor(transcript: Transcript) {
    this.text = transcript.text;
    this.language = transcript.language;
    this.languageDetected = transcript.languageDetected;
    this.segments = transcript.segments;
    this.madeBy = transcript.madeBy;
    this.seconds = transcript.seconds;
    this.correctedBy = transcript.corrected?.by;
    this.correctedAt = transcript.corrected?.at;
  }
}
