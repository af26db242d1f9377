import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { GlossaryPlace } from '../../core/glossary-store';
import { GlossaryList } from '../../core/glossary.service';
import { GlossaryRequest } from './glossary.request';

@ApiSchema({ name: 'GlossaryPlace' })
export class GlossaryPlaceView extends GlossaryRequest {
  @ApiProperty({ description: 'Number of its terms.' })
  terms!: number;

  @ApiProperty({ description: 'Number of terms that wait for a decision.' })
  suggestions!: number;
}

@ApiSchema({ name: 'GlossaryTerm' })
class GlossaryTermView {
  @ApiProperty({ example: 'Anneliese Müller' })
  term!: string;

  @ApiProperty({ format: 'date-time' })
  addedAt!: string;

  @ApiProperty({ description: 'There is room for it in the engine’s prompt; the newest come first.' })
  used!: boolean;
}

@ApiSchema({ name: 'GlossarySuggestion' })
class GlossarySuggestionView {
  @ApiProperty({ example: 'Anneliese' })
  term!: string;

  @ApiPropertyOptional({ example: 'an elise', description: 'What had been heard there.' })
  insteadOf?: string;

  @ApiProperty({ format: 'date-time' })
  suggestedAt!: string;
}

/** Names and terms that the engine is told to expect in a place. */
@ApiSchema({ name: 'Glossary' })
export class GlossaryView extends GlossaryRequest {
  @ApiProperty({ type: [GlossaryTermView], description: 'Newest first.' })
  terms!: GlossaryTermView[];

  @ApiProperty({
    type: [GlossarySuggestionView],
    description: 'Brought up by corrections; added by nobody yet.',
  })
  suggestions!: GlossarySuggestionView[];
}

export function viewOf({ platform, id }: GlossaryPlace, { terms, suggestions }: GlossaryList): GlossaryView {
  return {
    platform,
    kind: 'server',
    id,
    terms: terms.map(({ term, addedAt, used }) => ({ term, addedAt: addedAt.toISOString(), used })),
    suggestions: suggestions.map(({ suggestedAt, ...suggestion }) => ({
      ...suggestion,
      suggestedAt: suggestedAt.toISOString(),
    })),
  };
}
