import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { FormBoolean } from './form-boolean';

/** What is asked of hark: either a file (multipart) or a link, and how to read it. */
export class TranscriptionRequest {
  @ApiPropertyOptional({
    type: 'string',
    format: 'binary',
    description: 'The recording, in any common audio or video format. Multipart only.',
  })
  @IsEmpty({ message: 'file must be a file, sent as multipart/form-data' })
  file?: never;

  @ApiPropertyOptional({
    maxLength: 2048,
    example: 'https://example.org/note.ogg',
    description: 'Link to a recording, instead of a file.',
  })
  @IsOptional()
  @MaxLength(2048)
  @IsString()
  url?: string;

  @ApiPropertyOptional({
    default: 'auto',
    example: 'de',
    description: 'Language that is spoken: a code, a name, or `auto` to find it out.',
  })
  @IsOptional()
  @MaxLength(60)
  @IsString()
  language?: string;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Translate to English.' })
  @FormBoolean('translate')
  translate?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Listen anew, even if the same audio was read a short while ago with the same options.',
  })
  @FormBoolean('fresh')
  fresh?: boolean;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Names and terms to expect, as the engine’s prompt.' })
  @IsOptional()
  @MaxLength(1000)
  @IsString()
  prompt?: string;
}
