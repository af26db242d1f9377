import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** `oidc:` and what issuers may call somebody (OpenID Connect Core, 2): any signs, but none that control. */
const LONGEST = 260;

/** On an id of somebody: a platform's own, or that of a caller of the API. */
export function IsPersonId(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    MaxLength(LONGEST),
    Matches(/^\P{Cc}+$/u, { message: ({ property }) => `${property} must be the platform’s own id` }),
  );
}
