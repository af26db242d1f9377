import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FORMATS, type TranscriptFormat } from '../../core/transcript-formats';

const VERSIONS = ['now', 'heard'] as const;

export class TranscriptRequest {
  @ApiPropertyOptional({ enum: FORMATS, default: 'txt' })
  @IsOptional()
  @IsIn(FORMATS, { message: `format must be one of ${FORMATS.join(', ')}` })
  format?: TranscriptFormat;

  @ApiPropertyOptional({
    enum: VERSIONS,
    default: 'now',
    description: '`heard`: as the engine gave it, whatever was corrected since. Admins only.',
  })
  @IsOptional()
  @IsIn(VERSIONS, { message: `version must be one of ${VERSIONS.join(', ')}` })
  version?: (typeof VERSIONS)[number];
}
