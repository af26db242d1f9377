import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FORMATS, type TranscriptFormat } from '../../core/transcript-formats';

export class TranscriptRequest {
  @ApiPropertyOptional({ enum: FORMATS, default: 'txt' })
  @IsOptional()
  @IsIn(FORMATS, { message: `format must be one of ${FORMATS.join(', ')}` })
  format?: TranscriptFormat;
}
