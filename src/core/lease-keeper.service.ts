import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from './clock';
import { Interruption } from './interruption';
import { Lease } from './job-store';
import { Policy } from './policy';

/** A lease that is being renewed. */
export interface KeptLease {
  readonly owner: string;
  /** Stops renewing. */
  release(): void;
}

/** Makes leases and renews them while the work goes on. */
@Injectable()
export class LeaseKeeperService {
  private readonly logger = new Logger(LeaseKeeperService.name);

  constructor(
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** A lease for one attempt; no other attempt ever has the same owner. */
  make(): Lease {
    return { owner: `${this.policy.processId}:${randomUUID()}`, until: this.until() };
  }

  /**
   * Renews the lease three times within its life. When the store says that it is lost, `controller` is aborted with
   * an `Interruption`. An outage of the store is not a loss: the next renewal tells.
   */
  keep(lease: Lease, renew: (lease: Lease) => Promise<boolean>, controller: AbortController): KeptLease {
    const timer = setInterval(() => {
      renew({ owner: lease.owner, until: this.until() }).then(
        (held) => held || controller.abort(new Interruption('lease-lost')),
        (error: unknown) =>
          this.logger.warn({ err: error, msg: 'A lease could not be renewed; it is tried again' }),
      );
    }, this.policy.leaseMs / 3);
    return { owner: lease.owner, release: () => clearInterval(timer) };
  }

  private until(): Date {
    return new Date(this.clock.now().getTime() + this.policy.leaseMs);
  }
}
