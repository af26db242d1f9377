import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { Caller } from '../../access/caller';
import type { TokenRole } from '../../core/token-store';

const ROLES: TokenRole[] = ['admin', 'viewer'];
/** As much as an identity provider puts into one. */
const TOKEN_LENGTH = 16_384;

export class SignInRequest {
  @ApiProperty({ description: 'The admin’s or viewer’s token, or an access token of the OpenID issuer.' })
  @IsString()
  @MinLength(1)
  @MaxLength(TOKEN_LENGTH)
  token!: string;
}

/** Who is signed in. */
@ApiSchema({ name: 'Session' })
export class SessionView {
  @ApiProperty({ enum: ROLES })
  role!: TokenRole;

  @ApiProperty({ description: 'There is a queue on Redis to look at, at `/queues`.' })
  queueBoard!: boolean;

  @ApiPropertyOptional({ description: 'As the identity provider has it.' })
  name?: string;
}

export function viewOf({ role, name }: Caller, queueBoard: boolean): SessionView {
  return { role, name, queueBoard };
}
