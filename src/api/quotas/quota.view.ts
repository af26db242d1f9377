import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { QuotaOverview } from '../../core/place-quotas.service';
import { PreferenceScope } from '../../core/preference-store';
import { QuotaExceptionRequest, QuotaPlaceRequest, LimitsRequest } from './quota.request';

@ApiSchema({ name: 'QuotaUse' })
export class QuotaUseView {
  @ApiProperty({ example: 4, description: 'Asked for within the last hour.' })
  jobs!: number;

  @ApiProperty({ example: 12.5, description: 'Minutes within the last day.' })
  audioMinutes!: number;
}

/** What one server, channel or person may ask for. */
@ApiSchema({ name: 'Quota' })
export class QuotaView extends QuotaPlaceRequest {
  @ApiPropertyOptional({ type: LimitsRequest })
  limits?: LimitsRequest;

  @ApiPropertyOptional({ type: LimitsRequest })
  members?: LimitsRequest;

  @ApiPropertyOptional({ type: [QuotaExceptionRequest] })
  exceptions?: QuotaExceptionRequest[];

  @ApiProperty({ type: LimitsRequest, description: 'What holds for what is not decided.' })
  usual!: LimitsRequest;

  @ApiProperty({ type: QuotaUseView })
  used!: QuotaUseView;
}

export function viewOf({ platform, kind, id }: PreferenceScope, overview: QuotaOverview): QuotaView {
  const { quota, usual, used } = overview;
  const { limits, members, exceptions } = quota;
  return {
    platform,
    kind,
    id,
    limits,
    members,
    exceptions: exceptions?.map((each) => ({ ...each })),
    usual: { ...usual },
    used: { ...used },
  };
}
