import {
  APIMessageComponentInteractionData,
  APIModalSubmission,
  ComponentType,
  InteractionType,
} from 'discord.js';
import { resolvedMention } from '../payloads/interaction-payload';
import { Realm } from '../realm';
import { ComponentForm, walk } from '../rest/message-rules';
import { InteractionRecord } from '../state/interaction-desk';
import { idOf, Ref } from '../state/snowflakes';
import { InteractionOpener, Opening } from './interaction-opener';

/** What users do with the buttons and menus of messages, and with forms. Only what is shown to them is possible. */
export class Operating {
  constructor(
    private readonly realm: Realm,
    private readonly opener: InteractionOpener,
  ) {}

  click(message: Ref, customId: string, user: Ref): InteractionRecord {
    return this.#component(message, customId, user, {
      component_type: ComponentType.Button,
      custom_id: customId,
    });
  }

  choose(message: Ref, customId: string, values: string[], user: Ref): InteractionRecord {
    const data = { component_type: ComponentType.StringSelect as const, custom_id: customId, values };
    return this.#component(message, customId, user, data);
  }

  /** Chooses a role or a person. */
  mention(message: Ref, customId: string, chosen: Ref, user: Ref): InteractionRecord {
    const { channelId } = this.opener.message(message);
    const { world } = this.realm;
    const id = idOf(chosen);
    const scene = this.opener.scene({ channel: channelId, user });
    return this.#component(message, customId, user, {
      component_type: ComponentType.MentionableSelect,
      custom_id: customId,
      values: [id],
      resolved: resolvedMention(world, scene, id),
    });
  }

  /** Sends the form that the app showed as the answer to `shown`. */
  submit(shown: InteractionRecord, values: Record<string, string>): InteractionRecord {
    const { modal } = shown;
    if (!modal) throw new Error(`Interaction ${shown.name} was not answered with a form.`);
    const scene = this.opener.scene({ channel: shown.channelId, user: shown.userId });
    const components = [...walk(modal.components as ComponentForm[])].flatMap(([{ type, custom_id: id }]) => {
      if (type !== ComponentType.TextInput || id === undefined) return [];
      return [
        {
          type: ComponentType.ActionRow as const,
          components: [{ type, custom_id: id, value: values[id] ?? '' }],
        },
      ];
    });
    const data: APIModalSubmission = { custom_id: modal.custom_id, components };
    const message = shown.componentMessageId ? this.opener.message(shown.componentMessageId) : undefined;
    const start: Opening = { type: InteractionType.ModalSubmit, name: modal.custom_id, data };
    return this.opener.open(scene, message ? { ...start, message } : start);
  }

  #component(
    ref: Ref,
    customId: string,
    user: Ref,
    data: APIMessageComponentInteractionData,
  ): InteractionRecord {
    const message = this.opener.message(ref);
    const parts = [...walk((message.data.components ?? []) as ComponentForm[])].map(([part]) => part);
    const part = parts.find((one) => one.custom_id === customId && one.type === data.component_type);
    const known = parts.flatMap((one) => one.custom_id ?? []).join(', ');
    if (!part)
      throw new Error(`Message ${message.id} has no such component "${customId}"; it has: ${known}.`);
    if (part.disabled) throw new Error(`Component "${customId}" is disabled.`);
    if (
      'values' in data &&
      part.options &&
      !data.values.every((v) => part.options?.some((one) => one.value === v))
    ) {
      throw new Error(`Component "${customId}" offers: ${part.options.map((one) => one.value).join(', ')}.`);
    }
    if (message.visibleTo && message.visibleTo !== idOf(user))
      throw new Error('An ephemeral message has one reader.');
    const scene = this.opener.scene({ channel: message.channelId, user });
    return this.opener.open(scene, { type: InteractionType.MessageComponent, name: customId, data, message });
  }
}
