import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '../../core/errors';
import { JOB_STATUSES, type JobStatus, type Outcome } from '../../core/job';
import { type CorrectedBy } from '../../core/transcript';

const OUTCOMES: Outcome[] = ['speech', 'no_speech', 'music'];

@ApiSchema({ name: 'Person' })
export class PersonView {
  @ApiProperty({ example: '80351110224678912', description: 'The platform’s own id.' })
  id!: string;

  @ApiPropertyOptional({ example: 'Nelly' })
  name?: string;
}

/** Where the recording comes from, as far as anybody may know: no ids, no tokens, no signed addresses. */
@ApiSchema({ name: 'Source' })
export class SourceView {
  @ApiProperty({ enum: ['attachment', 'link', 'upload'] })
  kind!: 'attachment' | 'link' | 'upload';

  @ApiPropertyOptional({ example: 'voice-message.ogg' })
  name?: string;

  @ApiPropertyOptional({ example: 'audio/ogg', description: 'As the sender says.' })
  mimeType?: string;

  @ApiPropertyOptional({ example: 'https://example.org/note.ogg', description: 'Without user and query.' })
  url?: string;
}

@ApiSchema({ name: 'Media' })
export class MediaView {
  @ApiPropertyOptional({ example: 'voice-message.ogg' })
  name?: string;

  @ApiPropertyOptional({ example: 'ogg/opus', description: 'As found in the bytes.' })
  format?: string;

  @ApiPropertyOptional({ example: 13_412 })
  bytes?: number;

  @ApiPropertyOptional({ example: 3.36, description: 'As decoded.' })
  seconds?: number;
}

@ApiSchema({ name: 'JobError' })
export class JobErrorView {
  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode', example: 'link_not_found' })
  code!: ErrorCode;

  @ApiProperty({ example: 'There is nothing at this link (404).', description: 'One sentence for people.' })
  message!: string;
}

@ApiSchema({ name: 'Timings', description: 'Milliseconds that each stage took.' })
export class TimingsView {
  @ApiPropertyOptional({ example: 12, description: 'From creation to the first start.' })
  wait?: number;

  @ApiPropertyOptional({ example: 3 })
  download?: number;

  @ApiPropertyOptional({ example: 41 })
  decode?: number;

  @ApiPropertyOptional({ example: 320 })
  engine?: number;

  @ApiPropertyOptional({ description: 'From creation until there was a draft.' })
  draft?: number;

  @ApiPropertyOptional({ description: 'Chat only.' })
  deliver?: number;

  @ApiPropertyOptional({ example: 380 })
  total?: number;
}

@ApiSchema({ name: 'Correction' })
class CorrectionView {
  @ApiProperty({ enum: ['author', 'asker', 'admin'], description: 'Who spoke, who asked, or an admin.' })
  by!: CorrectedBy;

  @ApiProperty({ type: Date })
  at!: string;
}

/** A job as the API shows it. What is not known is null. */
@ApiSchema({ name: 'Job' })
export class JobView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: JOB_STATUSES, enumName: 'JobStatus' })
  status!: JobStatus;

  @ApiProperty({ minimum: 0, maximum: 1, example: 1 })
  progress!: number;

  @ApiProperty({ example: 'api', description: '`discord`, `slack`, `api`, `cli` …' })
  platform!: string;

  @ApiProperty({ type: PersonView, description: 'Who asked.' })
  user!: PersonView;

  @ApiProperty({ type: PersonView, description: 'Who spoke.' })
  author!: PersonView;

  @ApiProperty({
    description: 'Asked for in private, or in a direct message: the viewer’s token gets no text.',
  })
  private!: boolean;

  @ApiProperty({ type: SourceView })
  source!: SourceView;

  @ApiProperty({ type: MediaView })
  media!: MediaView;

  @ApiProperty({ description: 'The recording is kept: admins can listen to it.' })
  audio!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'en',
    description: 'ISO 639-1 code of what was heard.',
  })
  language!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Hello Peter, please bring three white flowers.' })
  text!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What a small model heard, until the job has ended: its `text` may have other words.',
  })
  draft!: string | null;

  @ApiProperty({
    type: CorrectionView,
    nullable: true,
    description: 'The text is somebody’s, not the engine’s.',
  })
  corrected!: CorrectionView | null;

  @ApiProperty({ type: JobErrorView, nullable: true, description: 'Why it failed, or the last attempt did.' })
  error!: JobErrorView | null;

  @ApiProperty({ example: 1, description: 'Attempts begun.' })
  attempts!: number;

  @ApiProperty({ type: String, enum: OUTCOMES, nullable: true, description: 'Of a done job.' })
  outcome!: Outcome | null;

  @ApiProperty({ description: 'Not listened to: its words are those of an earlier job with the same audio.' })
  reused!: boolean;

  @ApiProperty({ type: Date })
  createdAt!: string;

  @ApiProperty({ type: Date, nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: Date, nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: TimingsView })
  timings!: TimingsView;
}

/** One page of the list, newest first. */
@ApiSchema({ name: 'JobPage' })
export class JobPageView {
  @ApiProperty({ type: [JobView] })
  jobs!: JobView[];

  @ApiProperty({ type: String, nullable: true, description: 'For the next page; null on the last one.' })
  nextCursor!: string | null;
}
