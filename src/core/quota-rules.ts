import { QuotaLimits } from './policy';

/** Other limits for the members who have a role, or for one person. */
export type QuotaException = ({ role: string } | { user: string }) & { limits: Partial<QuotaLimits> };

/** What was decided for a server, a channel or a person in the place of the usual limits. */
export interface PlaceQuota {
  /** Of the server or channel as a whole, or of the person. */
  limits?: Partial<QuotaLimits>;
  /** Server: of each of its members. */
  members?: Partial<QuotaLimits>;
  /** Server: of some of its members. */
  exceptions?: readonly QuotaException[];
}
