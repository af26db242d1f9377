import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { Rewriting, outdated } from '../../core/correction.service';
import { Segment, textOf } from '../../core/transcript';

/** As long as a request may be; more is corrected in parts. */
const LONGEST = 60_000;

export class CorrectionRequest {
  @ApiProperty({
    maxLength: LONGEST,
    example: 'Hello Peter, please bring three white flowers.',
    description:
      'The whole text, or that of the segments that are named. Times stay with the words that were heard.',
  })
  @IsString()
  @MaxLength(LONGEST)
  text!: string;

  @ApiPropertyOptional({
    minimum: 0,
    description: 'Number of the first segment that it is the text of, from 0.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  from?: number;

  @ApiPropertyOptional({ minimum: 1, description: 'Number of the first segment after it.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  to?: number;

  @ApiPropertyOptional({
    maxLength: LONGEST,
    description: 'What stands there as far as is known: 409 where it has become something else meanwhile.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  insteadOf?: string;
}

/** @throws HarkError `fix_outdated` */
export function rewritingOf(
  { text, from = 0, to, insteadOf }: CorrectionRequest,
  segments: readonly Segment[],
): Rewriting {
  const end = to ?? segments.length;
  const stands = textOf(segments.slice(from, end));
  const known = insteadOf === undefined || insteadOf.trim() === stands;
  if (!known || from >= end || end > segments.length) throw outdated();
  return { from, to: end, text };
}
