import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { parseLanguage } from '../../core/languages';
import { Preferences } from '../../core/preference-store';

const KINDS = ['server', 'channel'] as const;
const WHO = ['everyone', 'author', 'nobody'] as const;

/** Which server or channel. */
export class PlaceRequest {
  @ApiProperty({ example: 'discord' })
  @Matches(/^[a-z]{1,20}$/, { message: 'platform must be the name of a platform, such as discord or slack' })
  platform!: string;

  @ApiProperty({ enum: KINDS, description: '`server` is a Discord server or Slack workspace.' })
  @IsIn(KINDS, { message: `kind must be one of ${KINDS.join(', ')}` })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ example: '80351110224678912', description: 'The platform’s own id.' })
  @Matches(/^[\w.:-]{1,64}$/, { message: 'id must be the platform’s own id' })
  id!: string;
}

/** Null takes a setting back to what is usual; what is left out stays as it is. */
export class PlaceSettingsRequest {
  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Notes are read without being asked for.',
  })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @IsBoolean()
  automatic?: boolean | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'de', description: 'Language of the notes.' })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @MaxLength(60)
  @IsString()
  language?: string | null;

  @ApiPropertyOptional({
    enum: WHO,
    type: String,
    nullable: true,
    description: 'Who may ask for a transcript.',
  })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @IsIn(WHO, { message: `whoMayAsk must be one of ${WHO.join(', ')}` })
  whoMayAsk?: (typeof WHO)[number] | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'The transcript goes when the note is deleted. Of servers only.',
  })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @IsBoolean()
  eraseWithMessage?: boolean | null;
}

/** @throws HarkError `language_unknown` */
export function changeOf(request: PlaceSettingsRequest): Preferences {
  const { language, ...others } = request;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined])) as Preferences),
    ...(language !== undefined && { language: language === null ? undefined : parseLanguage(language) }),
  };
}
