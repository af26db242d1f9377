import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { IsPersonId } from './person-id';

/** Whose data. */
export class PersonRequest {
  @ApiProperty({ example: 'discord' })
  @Matches(/^[a-z]{1,20}$/, { message: 'platform must be the name of a platform, such as discord or slack' })
  platform!: string;

  @ApiProperty({ example: '80351110224678912', description: 'The platform’s own id.' })
  @IsPersonId()
  id!: string;
}

/** What people decide about their own voice; what is left out stays as it is. */
export class ChoicesRequest {
  @ApiPropertyOptional({
    description: 'Their notes are not read automatically, and nobody else may ask for them.',
  })
  @IsOptional()
  @IsBoolean()
  optedOut?: boolean;

  @ApiPropertyOptional({ description: 'Others may ask for their notes all the same.' })
  @IsOptional()
  @IsBoolean()
  allowRequests?: boolean;
}

/** Without what was left out. */
export function changeOf({ optedOut, allowRequests }: ChoicesRequest): ChoicesRequest {
  return {
    ...(optedOut !== undefined && { optedOut }),
    ...(allowRequests !== undefined && { allowRequests }),
  };
}

export class ErasureRequest {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description:
      'Erase what they chose and have used of their limits, too. Who had opted out is read again afterwards.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'choices must be true or false' })
  choices?: boolean;
}
