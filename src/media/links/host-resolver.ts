import { Injectable } from '@nestjs/common';
import { lookup } from 'node:dns/promises';

/** Finds out addresses as the rest of the machine does. */
@Injectable()
export class HostResolver {
  /** @throws Error when the name is unknown or nobody answers */
  async addressesOf(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}
