import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsEmpty, IsIn, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { FormBoolean } from '../transcriptions/form-boolean';

const RESPONSE_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt'] as const;
export type ResponseFormat = (typeof RESPONSE_FORMATS)[number];

const GRANULARITIES = ['word', 'segment'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** What programs written for OpenAI send. */
export class OpenAiAudioRequest {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The recording.' })
  @IsEmpty({ message: 'file must be a file, sent as multipart/form-data' })
  file?: never;

  @ApiPropertyOptional({ example: 'whisper-1', description: 'Anything: hark listens with its own model.' })
  @IsOptional()
  @MaxLength(200)
  @IsString()
  model?: string;

  @ApiPropertyOptional({ example: 'de', description: 'Language that is spoken; found out when missing.' })
  @IsOptional()
  @MaxLength(60)
  @IsString()
  language?: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Names and terms to expect.' })
  @IsOptional()
  @MaxLength(1000)
  @IsString()
  prompt?: string;

  @ApiPropertyOptional({ enum: RESPONSE_FORMATS, default: 'json' })
  @IsOptional()
  @IsIn(RESPONSE_FORMATS)
  response_format?: ResponseFormat;

  @ApiPropertyOptional({ minimum: 0, maximum: 1, description: 'Taken, and left to hark.' })
  @IsOptional()
  @Max(1)
  @Min(0)
  @IsNumber()
  @Type(() => Number)
  temperature?: number;

  @ApiPropertyOptional({
    name: 'timestamp_granularities[]',
    enum: GRANULARITIES,
    isArray: true,
    description: 'What `verbose_json` has times of; segments when missing.',
  })
  @IsOptional()
  @IsIn(GRANULARITIES, { each: true })
  @IsArray()
  timestamp_granularities?: Granularity[];

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Words as they are heard; `json` and `text` only.',
  })
  @FormBoolean('stream')
  stream?: boolean;
}
