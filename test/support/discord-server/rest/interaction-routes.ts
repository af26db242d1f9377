import {
  APIInteractionResponseCallbackData,
  MessageFlags,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import { Realm } from '../realm';
import { InteractionRecord } from '../state/interaction-desk';
import { StoredMessage } from '../state/message-board';
import { refuse } from './discord-error';
import { InteractionAnswers } from './interaction-answers';
import { noContent, ok, RestAnswer, RestCall, Route } from './rest-call';

const CALLBACK = '/interactions/:id/:token/callback';
const WEBHOOK = '/webhooks/:application/:token';
const MESSAGE = `${WEBHOOK}/messages/:message`;

/** First responses, follow-ups and the edits of answers, by an interaction's token. */
export function interactionRoutes(
  { world, board, desk, composer }: Realm,
  answers: InteractionAnswers,
): Route[] {
  const recordOf = (call: RestCall): InteractionRecord => {
    if (call.param('application') !== world.application.id) throw refuse.unknownWebhook();
    return desk.webhook(call.param('token'));
  };

  /** @throws DiscordError 10008 when it is gone or another interaction's */
  const messageOf = (record: InteractionRecord, name: string): StoredMessage => {
    const id = name === '@original' ? (record.originalId ?? '') : name;
    const own = id === record.originalId || record.followUpIds.includes(id);
    const message = own ? board.find(id) : undefined;
    if (!message || !world.channels.has(message.channelId)) throw refuse.unknownMessage();
    return message;
  };

  const edit = (call: RestCall, record: InteractionRecord, message: StoredMessage): RestAnswer => {
    const body = (call.body ?? {}) as RESTPatchAPIWebhookWithTokenMessageJSONBody;
    const change = composer.edit(body, call.files, message.data);
    if (message.id === record.originalId && record.thinking) {
      record.thinking = false;
      change.flags = (change.flags ?? 0) & ~MessageFlags.Loading;
    }
    board.edit(message, {
      ...change,
      ...(body.allowed_mentions ? { allowedMentions: body.allowed_mentions } : {}),
    });
    return ok(board.render(message));
  };

  const followUp = (call: RestCall): RestAnswer => {
    const record = recordOf(call);
    // The first follow-up to a deferred answer takes its place, as Discord documents for old apps' sake.
    if (record.thinking) return edit(call, record, messageOf(record, '@original'));
    desk.countFollowUp(record);
    const data = (call.body ?? {}) as APIInteractionResponseCallbackData;
    return ok(board.render(answers.post(record, data, call.files)));
  };

  const change = (call: RestCall): RestAnswer => {
    const record = recordOf(call);
    return edit(call, record, messageOf(record, call.param('message')));
  };

  const remove = (call: RestCall): RestAnswer => {
    const record = recordOf(call);
    const message = messageOf(record, call.param('message'));
    if (message.id === record.originalId) record.thinking = false;
    board.remove(message);
    return noContent;
  };

  const show = (call: RestCall): RestAnswer => {
    return ok(board.render(messageOf(recordOf(call), call.param('message'))));
  };

  return [
    { method: 'POST', pattern: CALLBACK, open: true, handle: (call) => answers.callback(call) },
    { method: 'POST', pattern: WEBHOOK, open: true, handle: followUp },
    { method: 'GET', pattern: MESSAGE, open: true, handle: show },
    { method: 'PATCH', pattern: MESSAGE, open: true, handle: change },
    { method: 'DELETE', pattern: MESSAGE, open: true, handle: remove },
  ];
}
