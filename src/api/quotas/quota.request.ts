import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { QuotaLimits } from '../../core/policy';
import { PreferenceScope } from '../../core/preference-store';
import { PlaceQuota } from '../../core/quota-rules';
import { IsPersonId } from '../people/person-id';
import { InvalidFieldsError } from '../problems/invalid-fields.error';

const KINDS = ['server', 'channel', 'user'] as const;
const MOST = 1_000_000;

/** Whose limits. */
export class QuotaPlaceRequest {
  @ApiProperty({ example: 'discord' })
  @Matches(/^[a-z]{1,20}$/, { message: 'platform must be the name of a platform, such as discord or slack' })
  platform!: string;

  @ApiProperty({ enum: KINDS, description: '`server` is a Discord server or Slack workspace.' })
  @IsIn(KINDS, { message: `kind must be one of ${KINDS.join(', ')}` })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ example: '80351110224678912', description: 'The platform’s own id.' })
  @IsPersonId()
  id!: string;
}

/** 0 = no limit; a field that is left out is as usual. */
export class LimitsRequest {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: MOST,
    description: 'Transcripts that may be asked for in an hour.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  jobsPerHour?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: MOST, description: 'Minutes of audio in a day.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  audioMinutesPerDay?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: MOST, description: 'Read at the same time; the others wait.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  activeJobs?: number;
}

/** Of the members who have a role, or of one of them. */
export class QuotaExceptionRequest {
  @ApiPropertyOptional({ description: 'Id of a Discord role or Slack user group.' })
  @IsOptional()
  @IsPersonId()
  role?: string;

  @ApiPropertyOptional({ description: 'Id of a person, instead of a role.' })
  @IsOptional()
  @IsPersonId()
  user?: string;

  @ApiProperty({ type: LimitsRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => LimitsRequest)
  limits!: LimitsRequest;
}

/** All that is decided about one server, channel or person. */
export class QuotaRequest {
  @ApiPropertyOptional({ type: LimitsRequest, description: 'Of the whole of it.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LimitsRequest)
  limits?: LimitsRequest;

  @ApiPropertyOptional({ type: LimitsRequest, description: 'Of each of its members. Of servers only.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LimitsRequest)
  members?: LimitsRequest;

  @ApiPropertyOptional({
    type: [QuotaExceptionRequest],
    description:
      'Of some of its members, before what holds for all of them; the most generous one of several roles. Of servers only.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => QuotaExceptionRequest)
  exceptions?: QuotaExceptionRequest[];
}

/** @throws InvalidFieldsError where fields do not go together */
export function quotaOf(
  { limits, members, exceptions }: QuotaRequest,
  kind: PreferenceScope['kind'],
): PlaceQuota {
  const invalid = (field: string, message: string): InvalidFieldsError =>
    new InvalidFieldsError([{ field, message }]);
  if (kind !== 'server' && members) throw invalid('members', 'only servers have members');
  if (kind !== 'server' && exceptions?.length) throw invalid('exceptions', 'only servers have members');
  const seen = new Set<string>();
  for (const { role, user } of exceptions ?? []) {
    if ((role === undefined) === (user === undefined))
      throw invalid('exceptions', 'each exception must name either a role or a user');
    const name = JSON.stringify([role, user]);
    if (seen.has(name)) throw invalid('exceptions', `${role ?? user} is named twice`);
    seen.add(name);
  }
  return {
    ...(limits && { limits: givenOf(limits) }),
    ...(members && { members: givenOf(members) }),
    ...(exceptions?.length && {
      exceptions: exceptions.map(({ role, user, limits: own }) => ({
        ...(role === undefined ? { user } : { role }),
        limits: givenOf(own),
      })),
    }),
  };
}

/** Without what was left out. */
function givenOf(limits: LimitsRequest): Partial<QuotaLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
