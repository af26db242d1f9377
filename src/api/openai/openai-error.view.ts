import { ApiProperty } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '../../core/errors';

export class OpenAiErrorDetailsView {
  @ApiProperty({ example: 'The file is empty.', description: 'One sentence for people.' })
  message!: string;

  @ApiProperty({ enum: ['invalid_request_error', 'requests', 'server_error'] })
  type!: string;

  @ApiProperty({ type: String, nullable: true, example: 'file', description: 'The field that is wrong.' })
  param!: string | null;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode', description: 'One of hark’s.' })
  code!: ErrorCode;
}

/** An error as OpenAI's API words it (https://platform.openai.com/docs/guides/error-codes). */
export class OpenAiErrorView {
  @ApiProperty({ type: OpenAiErrorDetailsView })
  error!: OpenAiErrorDetailsView;
}
