import { Injectable } from '@nestjs/common';
import { ChatPlatform } from './chat-platform';
import { HarkError } from './errors';

/** The chat platforms that are switched on. Each makes itself known at start. */
@Injectable()
export class PlatformRegistry {
  private readonly platforms = new Map<string, ChatPlatform>();

  add(platform: ChatPlatform): void {
    this.platforms.set(platform.name, platform);
  }

  all(): ChatPlatform[] {
    return [...this.platforms.values()];
  }

  /** @throws HarkError `platform_unavailable` when the platform has been switched off since */
  get(name: string): ChatPlatform {
    const platform = this.platforms.get(name);
    if (!platform)
      throw new HarkError('platform_unavailable', `hark is not connected to ${name} at present.`);
    return platform;
  }
}
