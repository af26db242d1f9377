import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Segment, Transcript } from '../../core/transcript';

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

  constructor(transcript: Transcript) {
    this.text = transcript.text;
    this.language = transcript.language;
    this.languageDetected = transcript.languageDetected;
    this.segments = transcript.segments;
    this.madeBy = transcript.madeBy;
    this.seconds = transcript.seconds;
  }
}
