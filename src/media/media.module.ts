import { Module } from '@nestjs/common';
import { ClockModule } from '../core/clock.module';
import { HealthModule } from '../core/health.module';
import { LinkFetcher, MediaReader } from '../core/media';
import { DecoderHealth } from './decoder.health';
import { AddressGuard } from './links/address-guard';
import { HostResolver } from './links/host-resolver';
import { LinkLimits } from './links/link-limits';
import { PinnedLinkFetcher } from './links/link-fetcher.service';
import { StreamingMediaReader } from './media-reader';
import { DecoderLimits } from './pool/decoder-limits';
import { DecoderPool } from './pool/decoder-pool.service';
import { TemporaryFolder } from './temporary-folder.service';

/** Fetches, bounds, decodes and splits media. Decoding happens in processes of their own. */
@Module({
  imports: [ClockModule, HealthModule],
  providers: [
    DecoderHealth,
    DecoderLimits,
    DecoderPool,
    TemporaryFolder,
    HostResolver,
    LinkLimits,
    AddressGuard,
    { provide: MediaReader, useClass: StreamingMediaReader },
    { provide: LinkFetcher, useClass: PinnedLinkFetcher },
  ],
  exports: [MediaReader, LinkFetcher],
})
export class MediaModule {}
