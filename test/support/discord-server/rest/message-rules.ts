import { APIEmbed, ComponentType, MessageFlags } from 'discord.js';
import { DiscordError, FormFaults, refuse } from './discord-error';

/** The fields of a message's body that are checked, whatever was sent. */
export interface MessageForm {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: ComponentForm[] | null;
  nonce?: string | number;
  flags?: number | null;
  attachments?: { id: string | number }[] | null;
}

/** A component of either kind, as far as its limits go. */
export interface ComponentForm {
  type: ComponentType;
  custom_id?: string;
  label?: string;
  content?: string;
  url?: string;
  disabled?: boolean;
  options?: { value: string; label: string }[];
  components?: ComponentForm[];
  accessory?: ComponentForm;
}

const SELECTS = new Set<ComponentType>([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

/** Every component of a tree, with the path at which an error about it stands. */
export function* walk(components: ComponentForm[], path = 'components'): Generator<[ComponentForm, string]> {
  for (const [at, component] of components.entries()) {
    yield [component, `${path}.${at}`];
    yield* walk(component.components ?? [], `${path}.${at}.components`);
    if (component.accessory) yield* walk([component.accessory], `${path}.${at}.accessory`);
  }
}

/**
 * The rules that every posted or edited message must keep. Lengths are counted in UTF-16 units, the strictest way.
 * @throws DiscordError 50035 with all that is wrong
 */
export function checkMessage(form: MessageForm, fileCount: number): void {
  const faults = new FormFaults();
  const v2 = Boolean((form.flags ?? 0) & MessageFlags.IsComponentsV2);
  if (form.content != null && typeof form.content !== 'string') {
    faults.add('content', 'STRING_TYPE_CONVERT', 'Could not interpret value as string.');
  } else {
    faults.atMost('content', form.content?.length ?? 0, 2_000);
  }
  faults.atMost('nonce', String(form.nonce ?? '').length, 25);
  if (v2 && (form.content || form.embeds?.length)) {
    const message = 'The field cannot be used when using MessageFlags.IS_COMPONENTS_V2';
    faults.add(
      form.content ? 'content' : 'embeds',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message,
    );
  }
  if (fileCount > 10) faults.add('attachments', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  checkEmbeds(form.embeds ?? [], faults);
  checkComponents(form.components ?? [], v2, faults);
  faults.throwIfAny();
}

/** @throws DiscordError 50006 when there is nothing in it */
export function checkNotEmpty(form: MessageForm, fileCount: number): void {
  const filled =
    form.content?.trim() ||
    form.embeds?.length ||
    form.components?.length ||
    form.attachments?.length ||
    fileCount;
  if (!filled) throw refuse.emptyMessage();
}

function checkEmbeds(embeds: APIEmbed[], faults: FormFaults): void {
  faults.atMost('embeds', embeds.length, 10);
  let total = 0;
  for (const [at, embed] of embeds.entries()) {
    const path = `embeds.${at}`;
    const texts: [string, string | undefined, number][] = [
      ['title', embed.title, 256],
      ['description', embed.description, 4_096],
      ['footer.text', embed.footer?.text, 2_048],
      ['author.name', embed.author?.name, 256],
    ];
    for (const [index, field] of (embed.fields ?? []).entries()) {
      texts.push([`fields.${index}.name`, field.name, 256], [`fields.${index}.value`, field.value, 1_024]);
    }
    for (const [name, text, limit] of texts) {
      faults.atMost(`${path}.${name}`, text?.length ?? 0, limit);
      total += text?.length ?? 0;
    }
    faults.atMost(`${path}.fields`, embed.fields?.length ?? 0, 25);
  }
  if (total > 6_000) {
    faults.add('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  }
}

function checkComponents(components: ComponentForm[], v2: boolean, faults: FormFaults): void {
  const all = [...walk(components)];
  if (v2) faults.atMost('components', all.length, 40);
  else faults.atMost('components', components.length, 5);
  const customIds = new Set<string>();
  let text = 0;
  for (const [component, path] of all) {
    const topLevel = path.split('.').length === 2;
    if (topLevel && !v2 && component.type !== ComponentType.ActionRow) {
      faults.add(`${path}.type`, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    }
    if (component.type === ComponentType.ActionRow) checkRow(component, path, faults);
    if (component.custom_id !== undefined) {
      faults.within(`${path}.custom_id`, component.custom_id.length, 1, 100);
      if (customIds.has(component.custom_id)) {
        faults.add(
          `${path}.custom_id`,
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      }
      customIds.add(component.custom_id);
    }
    faults.atMost(`${path}.label`, component.label?.length ?? 0, 80);
    if (component.type === ComponentType.StringSelect) {
      faults.within(`${path}.options`, component.options?.length ?? 0, 1, 25);
    }
    if (component.type === ComponentType.TextDisplay) text += component.content?.length ?? 0;
  }
  if (text > 4_000) {
    const message = 'The total text of all components must be 4000 or fewer in length.';
    faults.add('components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message);
  }
}

function checkRow(row: ComponentForm, path: string, faults: FormFaults): void {
  const inside = row.components ?? [];
  const selects = inside.filter((component) => SELECTS.has(component.type)).length;
  faults.within(`${path}.components`, inside.length, 1, 5);
  if (selects > 0 && inside.length > 1) {
    const message = 'The specified component exceeds the maximum width';
    faults.add(`${path}.components`, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
  }
  for (const [at, component] of inside.entries()) {
    if (component.type === ComponentType.Button && !component.custom_id && !component.url) {
      const message = 'A custom id is required';
      faults.add(`${path}.components.${at}.custom_id`, 'BASE_TYPE_REQUIRED', message);
    }
  }
}

/** A reply to something that is not there. */
export function unknownReference(): DiscordError {
  const errors = {
    message_reference: {
      _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }],
    },
  };
  return new DiscordError(400, 50_035, 'Invalid Form Body', errors);
}
