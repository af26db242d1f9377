import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Preferences } from '../../core/preference-store';
import { PersonRequest } from './person.request';

/** What there is of somebody, in short. */
@ApiSchema({ name: 'PersonOverview' })
export class PersonOverviewView extends PersonRequest {
  @ApiProperty({ example: 12, description: 'Recordings that they spoke or asked for.' })
  stored!: number;

  @ApiProperty()
  optedOut!: boolean;

  @ApiProperty()
  allowRequests!: boolean;

  @ApiPropertyOptional({ example: 'de', description: 'Language of their own notes, where they chose one.' })
  language?: string;
}

@ApiSchema({ name: 'Erasure' })
export class ErasureView {
  @ApiProperty({ example: 12, description: 'Recordings of which nothing is left.' })
  erased!: number;
}

export function overviewOf(
  { platform, id }: PersonRequest,
  { optedOut = false, allowRequests = false, language }: Preferences,
  stored: number,
): PersonOverviewView {
  return { platform, id, stored, optedOut, allowRequests, language };
}
