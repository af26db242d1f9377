import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { API_PLACE } from '../../core/glossary-place';
import { GlossaryPlace } from '../../core/glossary-store';
import { LONGEST_TERM, MOST_TERMS } from '../../core/glossary-term';
import { InvalidFieldsError } from '../problems/invalid-fields.error';

/** What is sent may have blanks and marks that are not stored. */
const LONGEST_SENT = 4 * LONGEST_TERM;

/** Whose glossary. */
export class GlossaryRequest {
  @ApiProperty({
    example: 'discord',
    description: '`api` for all that comes by the API; its id is `api`, too.',
  })
  @Matches(/^[a-z]{1,20}$/, { message: 'platform must be the name of a platform, such as discord or slack' })
  platform!: string;

  @ApiProperty({ enum: ['server'], description: 'A Discord server or Slack workspace.' })
  @IsIn(['server'], { message: 'kind must be server' })
  kind!: 'server';

  @ApiProperty({ example: '80351110224678912', description: 'The platform’s own id.' })
  @Matches(/^[\w.:-]{1,64}$/, { message: 'id must be the platform’s own id' })
  id!: string;
}

export class GlossaryTermRequest extends GlossaryRequest {
  @ApiProperty({ example: 'Anneliese Müller', maxLength: LONGEST_SENT })
  @MaxLength(LONGEST_SENT)
  @IsString()
  term!: string;
}

export class NewTermsRequest {
  @ApiProperty({
    type: [String],
    example: ['Anneliese Müller', 'Köln-Nippes'],
    description: `Each of at most ${LONGEST_TERM} characters; a place has room for ${MOST_TERMS}.`,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_TERMS)
  @IsString({ each: true })
  @MaxLength(LONGEST_SENT, { each: true })
  terms!: string[];
}

/** @throws InvalidFieldsError for a place of the API that there is not */
export function placeOf({ platform, id }: GlossaryRequest): GlossaryPlace {
  if (platform === API_PLACE.platform && id !== API_PLACE.id)
    throw new InvalidFieldsError([{ field: 'id', message: `the API has one place, ${API_PLACE.id}` }]);
  return { platform, id };
}
