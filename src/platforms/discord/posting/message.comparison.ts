import { APIMessage, APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { DiscordMessage } from './answer.renderer';

/** The ids of a message's buttons and menus, in order. */
export function customIdsOf(rows: readonly APIMessageTopLevelComponent[] = []): string[] {
  return rows
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('custom_id' in component ? [component.custom_id] : []));
}

/** Whether the message shows what it is to show. Files are told apart by their names. */
export function shows(there: APIMessage, { content, components, files }: DiscordMessage): boolean {
  const same = (some: string[], others: string[]): boolean => some.join('\n') === others.join('\n');
  return (
    there.content === content &&
    same(customIdsOf(there.components), customIdsOf(components)) &&
    same(
      there.attachments.map(({ filename }) => filename),
      files.map(({ name }) => name),
    )
  );
}
