import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '../../core/errors';

export class FieldProblemView {
  @ApiProperty({ example: 'limit' })
  field!: string;

  @ApiProperty({ example: 'limit must not be greater than 200' })
  message!: string;
}

/** An error as RFC 9457 (`application/problem+json`) has it. */
export class ProblemView {
  @ApiProperty({ example: 'urn:hark:problem:job_not_found', description: 'Names the kind of problem.' })
  type!: string;

  @ApiProperty({ example: 'Unknown job', description: 'The same for every problem of the kind.' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ example: 'There is no such job.', description: 'One sentence for people.' })
  detail!: string;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode', example: 'job_not_found' })
  code!: ErrorCode;

  @ApiPropertyOptional({ type: [FieldProblemView], description: 'What is wrong with which field.' })
  errors?: FieldProblemView[];

  @ApiPropertyOptional({ example: 30, description: 'Seconds after which it may go better.' })
  retryAfter?: number;

  @ApiPropertyOptional({ description: 'By which an administrator finds the request in the log.' })
  requestId?: string;
}
