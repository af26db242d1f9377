import { Json } from './slack-model';

/** What a user does with an element: nothing more than a press for a button, else the value or values chosen. */
export type Choice = string | string[] | undefined;

/** An element with an action id, and the block that it is in. */
export interface FoundElement {
  blockId: string;
  element: Json;
}

/** Every element that can be used, in the order shown. */
export function elementsOf(blocks: Json[]): FoundElement[] {
  return blocks.flatMap((block) => {
    const inside = [...((block.elements as Json[] | undefined) ?? []), block.accessory, block.element];
    return inside
      .filter((element): element is Json => typeof (element as Json | undefined)?.action_id === 'string')
      .map((element) => ({ blockId: String(block.block_id), element }));
  });
}

/**
 * The entry in `actions` that using an element makes.
 * @throws Error when the choice is not among the element's options
 */
export function actionOf({ blockId, element }: FoundElement, choice: Choice): Json {
  const common = { type: element.type, action_id: element.action_id, block_id: blockId };
  if (element.type === 'button') {
    const { text, value, style } = element;
    return { ...common, text, ...(value === undefined ? {} : { value }), ...(style ? { style } : {}) };
  }
  return { ...common, ...stateOf(element, choice) };
}

/** What `view.state.values` says of an element after the choice; without one, what it shows at first. */
function stateOf(element: Json, choice: Choice): Json {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'number_input':
      return { type: element.type, value: choice ?? element.initial_value ?? null };
    case 'checkboxes':
    case 'multi_static_select': {
      const chosen =
        choice === undefined ? undefined : [choice].flat().map((value) => optionOf(element, value));
      return { type: element.type, selected_options: chosen ?? element.initial_options ?? [] };
    }
    case 'conversations_select':
      return { type: element.type, selected_conversation: choice ?? element.initial_conversation ?? null };
    case 'channels_select':
      return { type: element.type, selected_channel: choice ?? element.initial_channel ?? null };
    case 'users_select':
      return { type: element.type, selected_user: choice ?? element.initial_user ?? null };
    default: {
      const chosen = choice === undefined ? element.initial_option : optionOf(element, String(choice));
      return { type: element.type, selected_option: chosen ?? null };
    }
  }
}

/** The values of all inputs of a view; `choices` by action id. */
export function valuesOf(blocks: Json[], choices: Record<string, Choice>): Json {
  const values: Record<string, Json> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (element.type === 'button' || element.type === 'overflow') continue;
    const actionId = String(element.action_id);
    (values[blockId] ??= {})[actionId] = stateOf(element, choices[actionId]);
  }
  return values;
}

function optionOf(element: Json, value: string): Json {
  const groups = (element.option_groups as Json[] | undefined) ?? [];
  const options = [element, ...groups].flatMap((group) => (group.options as Json[] | undefined) ?? []);
  const option = options.find((candidate) => candidate.value === value);
  if (option) return option;
  const offered = options.map((candidate) => String(candidate.value)).join(', ');
  throw new Error(`${String(element.action_id)} offers ${offered}, not ${value}`);
}
