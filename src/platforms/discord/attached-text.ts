import { AttachmentBuilder } from 'discord.js';

/** A text as a file of a message. */
export function attached({ name, text }: { name: string; text: string }): AttachmentBuilder {
  return new AttachmentBuilder(Buffer.from(text, 'utf8'), { name });
}
