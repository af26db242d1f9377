import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../core/webhook';

/** Who wants to be told of what. */
export class NewWebhookRequest {
  @ApiProperty({ maxLength: 2048, example: 'https://example.org/hooks/hark' })
  @MaxLength(2048)
  @IsString()
  url!: string;

  @ApiPropertyOptional({
    enum: WEBHOOK_EVENTS,
    enumName: 'WebhookEvent',
    isArray: true,
    description: 'How jobs end that are told of. All when missing.',
  })
  @IsOptional()
  @IsIn(WEBHOOK_EVENTS, { each: true, message: `events must be of ${WEBHOOK_EVENTS.join(', ')}` })
  @ArrayNotEmpty()
  @IsArray()
  events?: WebhookEvent[];

  @ApiPropertyOptional({
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    description: '`whsec_` and 24 to 64 bytes in Base64. Made by hark when missing.',
  })
  @IsOptional()
  @MaxLength(200)
  @IsString()
  secret?: string;
}

export class DeliveriesRequest {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 50, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit?: number;
}
