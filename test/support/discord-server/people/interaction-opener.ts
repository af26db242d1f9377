import {
  APIApplicationCommandInteractionData,
  APIMessage,
  APIMessageComponentInteractionData,
  APIModalSubmission,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import { interactionBase, Scene, sceneOf } from '../payloads/interaction-payload';
import { Realm } from '../realm';
import { InteractionRecord } from '../state/interaction-desk';
import { StoredMessage } from '../state/message-board';
import { may } from '../state/permissions';
import { idOf, Ref } from '../state/snowflakes';

/** Where and by whom; `sizeLimit` overrides `attachment_size_limit`. */
export interface Asking {
  channel: Ref;
  user: Ref;
  sizeLimit?: number;
}

/** What is done there, and with what. */
export interface Opening {
  type: InteractionType;
  name: string;
  data: APIApplicationCommandInteractionData | APIMessageComponentInteractionData | APIModalSubmission;
  message?: StoredMessage;
  targetMessageId?: string;
  sizeLimit?: number;
}

/** How every interaction begins, whatever it is. */
export class InteractionOpener {
  constructor(private readonly realm: Realm) {}

  /** Tells the app of it; what the app answers ends up in the record. */
  open(scene: Scene, opening: Opening): InteractionRecord {
    const { ids, desk, gateway, board, world } = this.realm;
    const { type, name, data, message, targetMessageId } = opening;
    const { channel, guild, person, owners, userInstallOnly } = scene;
    const id = ids.next();
    const { user } = person;
    const metadata = {
      id,
      type,
      user,
      authorizing_integration_owners: owners,
      ...(targetMessageId ? { target_message_id: targetMessageId } : {}),
      ...(message ? { interacted_message_id: message.id } : {}),
    } as NonNullable<APIMessage['interaction_metadata']>;
    const external = !guild || may(world, channel, user.id, PermissionFlagsBits.UseExternalApps);
    const record = desk.open({
      id,
      type,
      name,
      userId: user.id,
      channelId: channel.id,
      locale: person.locale,
      userInstallOnly,
      forcedEphemeral: userInstallOnly && !external,
      metadata,
      ...(guild ? { guildId: guild.id } : {}),
      ...(targetMessageId ? { targetMessageId } : {}),
      ...(message ? { componentMessageId: message.id } : {}),
    });
    const base = interactionBase(world, scene, { id, token: record.token }, opening.sizeLimit);
    const shown = message ? { message: board.render(message) } : {};
    gateway.dispatch({
      event: 'INTERACTION_CREATE',
      intents: 0,
      data: () => ({ ...base, type, data, ...shown }),
    });
    return record;
  }

  /** @throws Error when the app is not to be had there */
  scene({ channel, user }: Asking): Scene {
    const { world } = this.realm;
    return sceneOf(world, world.channel(idOf(channel)), world.person(idOf(user)));
  }

  /** @throws Error when it is not there */
  message(ref: Ref): StoredMessage {
    const message = this.realm.board.find(idOf(ref));
    if (!message) throw new Error(`There is no message ${idOf(ref)}, or it was deleted.`);
    return message;
  }
}
