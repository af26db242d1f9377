import { Injectable } from '@nestjs/common';
import { TranscriptionJob } from './job';
import { LinkFetcher, MediaInput } from './media';
import { PlatformRegistry } from './platform.registry';
import { Policy } from './policy';
import { UploadStore } from './upload-store';
import { MediaSource } from './voice-note';

/** Opens a job's media, wherever they are. */
@Injectable()
export class MediaOpenerService {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly links: LinkFetcher,
    private readonly uploads: UploadStore,
    private readonly policy: Policy,
  ) {}

  /** @throws HarkError `media_gone`, `message_gone`, `link_…` and others of the source */
  async open({ source }: TranscriptionJob, signal: AbortSignal): Promise<MediaInput> {
    const input = await this.openSource(source, signal);
    return { ...input, name: input.name ?? ('name' in source ? source.name : undefined) };
  }

  private openSource(source: MediaSource, signal: AbortSignal): Promise<MediaInput> {
    switch (source.kind) {
      case 'attachment':
        return this.platforms.get(source.platform).openMedia(source, signal);
      case 'link':
        return this.links.open(source.url, this.policy.media, signal);
      case 'upload':
        return this.uploads.open(source.uploadId);
    }
  }
}
