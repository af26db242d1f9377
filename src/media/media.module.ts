import { Module } from '@nestjs/common';
import { ClockModule } from '../core/clock.module';
import { HealthModule } from '../core/health.module';
import { LiveAudio } from '../core/live-audio';
import { LinkFetcher, MediaReader } from '../core/media';
import { WebhookPoster } from '../core/webhook-poster';
import { DecoderHealth } from './decoder.health';
import { AddressGuard } from './links/address-guard';
import { HostResolver } from './links/host-resolver';
import { LinkLimits } from './links/link-limits';
import { PinnedLinkFetcher } from './links/link-fetcher.service';
import { MediaLinkFetcher } from './media-link.fetcher';
import { PinnedWebhookPoster } from './links/pinned-webhook-poster';
import { StreamingMediaReader } from './media-reader';
import { SplitLiveAudio } from './live/split-live-audio';
import { DecoderLimits } from './pool/decoder-limits';
import { DecoderPool } from './pool/decoder-pool.service';
import { SiteLinks } from './sites/site-links.service';
import { YtDlpHealth } from './sites/yt-dlp.health';
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
    PinnedLinkFetcher,
    SiteLinks,
    YtDlpHealth,
    { provide: LinkFetcher, useClass: MediaLinkFetcher },
    { provide: LiveAudio, useClass: SplitLiveAudio },
    { provide: WebhookPoster, useClass: PinnedWebhookPoster },
  ],
  exports: [MediaReader, LinkFetcher, LiveAudio, WebhookPoster],
})
export class MediaModule {}
