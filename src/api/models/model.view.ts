import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ModelInfo } from '../../core/model-store';

/** A model of the local engine, as this machine has it. */
@ApiSchema({ name: 'Model' })
export class ModelView {
  @ApiProperty({ example: 'base-q8_0' })
  name!: string;

  @ApiProperty({ description: 'The settings name it.' })
  inUse!: boolean;

  @ApiProperty({ description: 'It is on this machine, whole.' })
  downloaded!: boolean;

  @ApiPropertyOptional({ example: 81_768_585, description: 'Size of the whole file.' })
  bytes?: number;

  @ApiPropertyOptional({ example: 12_000_000, description: 'Of a download that is under way, or was left.' })
  receivedBytes?: number;

  @ApiPropertyOptional({ description: 'What a person should know.' })
  remark?: string;
}

export function viewOf({ name, inUse = false, path, bytes, receivedBytes, remark }: ModelInfo): ModelView {
  return { name, inUse, downloaded: path !== undefined, bytes, receivedBytes, remark };
}
