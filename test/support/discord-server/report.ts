import { Gateway } from './gateway/gateway';
import { InteractionDesk } from './state/interaction-desk';
import { Journal } from './state/journal';
import { MessageBoard } from './state/message-board';
import { World } from './state/world';

/** Where there is something to tell of. */
export interface Witnesses {
  journal: Journal;
  board: MessageBoard;
  desk: InteractionDesk;
  gateway: Gateway;
  world: World;
}

/** What has been seen so far, for the message of a wait that failed. */
export function report({ journal, board, desk, gateway, world }: Witnesses): string {
  const requests = journal.requests
    .slice(-25)
    .map(
      ({ method, path, status, fault }) =>
        `${method} ${path} → ${status ?? 'open'}${fault ? ` (${fault})` : ''}`,
    );
  const messages = board.all
    .filter((message) => message.data.author.id === world.bot.id)
    .slice(-15)
    .map(({ channelId, id, data, deletedAt, visibleTo }) => {
      const marks = [visibleTo && 'ephemeral', deletedAt !== undefined && 'deleted']
        .filter(Boolean)
        .join(', ');
      const parts = `${data.embeds.length} embeds, ${data.attachments.length} files`;
      return `${channelId}/${id} ${marks} ${JSON.stringify(data.content.slice(0, 160))} ${parts}`;
    });
  const interactions = desk.all
    .slice(-10)
    .map(
      ({ id, name, responseType, thinking, followUpIds }) =>
        `${id} ${name}: response ${responseType ?? 'none'}${thinking ? ', thinking' : ''}, ${followUpIds.length} follow-ups`,
    );
  const sessions = gateway.sessions.map(
    ({ id, connected, sequence }) => `${id} ${connected ? 'connected' : 'away'} at ${sequence}`,
  );
  const crashes = journal.crashes.map(String);
  return [
    ...section('gateway sessions', sessions),
    ...section('close codes sent', gateway.closeCodes.map(String)),
    ...section('last requests', requests),
    ...section("the bot's last messages", messages),
    ...section('last interactions', interactions),
    ...section('errors of this server itself', crashes),
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [`${title}: none`] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
