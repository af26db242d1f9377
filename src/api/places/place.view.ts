import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { PreferenceScope, Preferences } from '../../core/preference-store';
import { PlaceRequest } from './place.request';

/** What was decided for a server or channel. What is missing is as usual. */
@ApiSchema({ name: 'Place' })
export class PlaceView extends PlaceRequest {
  @ApiPropertyOptional()
  automatic?: boolean;

  @ApiPropertyOptional({ example: 'de' })
  language?: string;

  @ApiPropertyOptional({ enum: ['everyone', 'author', 'nobody'] })
  whoMayAsk?: Preferences['whoMayAsk'];

  @ApiPropertyOptional()
  eraseWithMessage?: boolean;

  @ApiProperty({ description: 'It has limits of its own.' })
  limits!: boolean;
}

export function viewOf({ platform, kind, id }: PreferenceScope, chosen: Preferences): PlaceView {
  const { automatic, language, whoMayAsk, eraseWithMessage, quota } = chosen;
  return {
    platform,
    kind: kind === 'server' ? 'server' : 'channel',
    id,
    automatic,
    language,
    whoMayAsk,
    eraseWithMessage,
    limits: quota !== undefined,
  };
}
