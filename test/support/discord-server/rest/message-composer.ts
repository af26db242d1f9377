import {
  APIAttachment,
  APIMessage,
  EmbedType,
  MessageFlags,
  RESTAPIAttachment,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { Cdn } from '../cdn';
import { UploadedFile } from '../state/journal';
import { Snowflakes } from '../state/snowflakes';
import { checkMessage, checkNotEmpty, MessageForm } from './message-rules';

/** Flags that an app may set on its own messages. */
const SETTABLE =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

type Fields = Pick<APIMessage, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>;

/** Turns request bodies into the fields of messages, after checking them. */
export class MessageComposer {
  constructor(
    private readonly cdn: Cdn,
    private readonly ids: Snowflakes,
  ) {}

  /** @throws DiscordError 50006, 50035 */
  create(body: RESTPostAPIChannelMessageJSONBody, files: UploadedFile[], channelId: string): Fields {
    checkMessage(body, files.length);
    checkNotEmpty(body, files.length);
    return {
      content: body.content ?? '',
      embeds: richEmbeds(body.embeds),
      components: body.components ?? [],
      attachments: this.#store(files, body.attachments ?? [], channelId),
      flags: (body.flags ?? 0) & SETTABLE,
    };
  }

  /** Only what the body names changes; `attachments` lists the files to keep, without it all are kept. */
  edit(body: RESTPatchAPIChannelMessageJSONBody, files: UploadedFile[], before: APIMessage): Partial<Fields> {
    const flags = (before.flags ?? 0) | ((body.flags ?? 0) & SETTABLE);
    checkMessage({ ...(body as MessageForm), flags }, files.length);
    const kept = body.attachments
      ? before.attachments.filter((one) => body.attachments?.some((ref) => String(ref.id) === one.id))
      : before.attachments;
    const attachments = [...kept, ...this.#store(files, body.attachments ?? [], before.channel_id)];
    const merged: MessageForm = { ...(before as MessageForm), ...(body as MessageForm), attachments };
    checkNotEmpty(merged, files.length);
    return {
      attachments,
      flags,
      ...(body.content !== undefined ? { content: body.content ?? '' } : {}),
      ...(body.embeds !== undefined ? { embeds: richEmbeds(body.embeds) } : {}),
      ...(body.components !== undefined ? { components: body.components ?? [] } : {}),
    };
  }

  #store(files: UploadedFile[], described: RESTAPIAttachment[], channelId: string): APIAttachment[] {
    return files.map((file) => {
      const place = /\[(\d+)\]/.exec(file.field)?.[1];
      const about = described.find((one) => String(one.id) === place);
      const { filename, contentType, bytes } = file;
      const id = this.ids.next();
      this.cdn.store({ id, channelId, filename, contentType, bytes });
      return {
        id,
        filename,
        size: bytes.length,
        content_type: contentType,
        url: '',
        proxy_url: '',
        ...(about?.description ? { description: about.description } : {}),
      };
    });
  }
}

function richEmbeds(embeds: RESTPostAPIChannelMessageJSONBody['embeds'] | null): APIMessage['embeds'] {
  return (embeds ?? []).map((embed) => ({ ...embed, type: EmbedType.Rich }));
}
