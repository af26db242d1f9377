import { InternalRequest } from 'discord.js';
import { Interaction } from '../../../core/voice-note';
import { DiscordMessage } from './answer.renderer';

/** The way back to whoever used a command; valid for 15 minutes. */
export interface Token {
  applicationId: string;
  token: string;
}

export function tokenOf({ token, extra }: Interaction): Token {
  return { applicationId: extra?.applicationId ?? '', token };
}

/** What a message shows, as Discord wants it: nobody is ever notified, and files that are not named go. */
export function bodyOf({ content, components, files }: DiscordMessage) {
  return {
    content,
    components,
    attachments: files.map(({ name }, index) => ({ id: index, filename: name })),
    allowed_mentions: { parse: [], replied_user: false },
  };
}

export function filesOf({ files }: DiscordMessage): NonNullable<InternalRequest['files']> {
  return files.map(({ name, text }) => ({
    name,
    data: Buffer.from(text, 'utf8'),
    contentType: 'text/plain; charset=utf-8',
  }));
}
