import { Injectable } from '@nestjs/common';
import { APIAttachment, APIMessage } from 'discord.js';
import { HarkError } from '../../core/errors';
import { LinkFetcher, MediaInput } from '../../core/media';
import { Policy } from '../../core/policy';
import { AttachmentSource } from '../../core/voice-note';
import { DiscordApplicationService, readsMessageContent } from './discord-application.service';
import { FreshAddressesService } from './fresh-addresses.service';
import { DiscordMessagesService } from './posting/messages.service';

/**
 * Opens attachments: their addresses are valid for a day only, so of all but new ones the message is fetched again for a
 * fresh one.
 */
@Injectable()
export class DiscordMediaService {
  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly links: LinkFetcher,
    private readonly policy: Policy,
    private readonly application: DiscordApplicationService,
    private readonly fresh: FreshAddressesService,
  ) {}

  /** @throws HarkError `media_gone`, `message_gone`, `channel_gone`, `permission_missing`, `link_…` */
  async open(source: AttachmentSource, signal: AbortSignal): Promise<MediaInput> {
    const { channel, message } = source.ids;
    const url = source.ids.url ?? this.fresh.of(source);
    const again = channel !== undefined && message !== undefined;
    if (url !== undefined) {
      try {
        return await this.fetch(url, source, signal);
      } catch (error) {
        if (!again || !isGone(error)) throw error;
      }
    }
    if (!again) throw gone();
    const attachment = attachmentOf(await this.messages.get(channel, message, signal), source);
    if (!attachment) throw (await this.isBlind(signal)) ? blind() : gone();
    return this.fetch(attachment.url, source, signal, attachment);
  }

  /** Without the intent Discord shows messages without their files. */
  private async isBlind(signal: AbortSignal): Promise<boolean> {
    return !readsMessageContent(await this.application.application(signal));
  }

  private async fetch(
    url: string,
    source: AttachmentSource,
    signal: AbortSignal,
    attachment?: APIAttachment,
  ): Promise<MediaInput> {
    try {
      const input = await this.links.open(url, this.policy.media, signal);
      return {
        ...input,
        name: attachment?.filename ?? source.name ?? input.name,
        mimeType: attachment?.content_type ?? source.mimeType ?? input.mimeType,
      };
    } catch (error) {
      throw error instanceof HarkError && error.code === 'link_not_found' ? gone(error) : error;
    }
  }
}

/** Forwarded messages carry their files in a snapshot. */
function attachmentOf(message: APIMessage, { ids }: AttachmentSource): APIAttachment | undefined {
  const holder =
    ids.snapshot === undefined ? message : message.message_snapshots?.[Number(ids.snapshot)]?.message;
  return holder?.attachments.find(({ id }) => id === ids.attachment);
}

function isGone(error: unknown): boolean {
  return error instanceof HarkError && error.code === 'media_gone';
}

function gone(cause?: Error): HarkError {
  return new HarkError('media_gone', 'The recording is no longer there.', { cause });
}

function blind(): HarkError {
  return new HarkError('permission_missing', "Discord does not let hark read this message's files.");
}
