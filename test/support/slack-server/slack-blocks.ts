import { Json } from './slack-model';

/** A rejected set of blocks, as an API error. */
export interface BlockFault {
  error: 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long';
  messages: string[];
}

/** All text in the blocks of one message together (seen in the field). */
const textOfAllBlocks = 13_200;
const textOfMarkdownBlocks = 12_000;

const known = new Set([
  'actions',
  'context',
  'context_actions',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'markdown',
  'rich_text',
  'section',
  'table',
  'video',
]);

class Findings {
  readonly messages: string[] = [];
  ids = new Set<string>();

  add(what: string, pointer: string): void {
    this.messages.push(`[ERROR] ${what} [json-pointer:${pointer}]`);
  }

  /** A text object or string between one character and `most`. */
  text(value: unknown, most: number, pointer: string): void {
    const text = typeof value === 'string' ? value : (value as Json | undefined)?.text;
    if (typeof text !== 'string' || text.length === 0) this.add('must be more than 0 characters', pointer);
    else if (text.length > most) this.add(`must be less than ${most + 1} characters`, pointer);
  }

  list(value: unknown, most: number, pointer: string): Json[] {
    if (!Array.isArray(value) || value.length === 0) this.add('must have at least 1 item', pointer);
    else if (value.length > most) this.add(`no more than ${most} items allowed`, pointer);
    return Array.isArray(value) ? (value as Json[]) : [];
  }

  shortText(value: unknown, most: number, pointer: string): void {
    if (typeof value === 'string' && value.length > most)
      this.add(`must be less than ${most + 1} characters`, pointer);
  }
}

/**
 * Checks blocks by the limits of the Block Kit reference.
 * @param most blocks allowed: 50 in a message, 100 in a view
 * @returns what Slack would refuse them for
 */
export function faultOfBlocks(blocks: unknown, most: number): BlockFault | undefined {
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', messages: [] };
  const findings = new Findings();
  if (blocks.length > most) findings.add(`no more than ${most} items allowed`, '/blocks');
  (blocks as Json[]).forEach((block, index) => checkBlock(block, `/blocks/${index}`, findings));
  if (findings.messages.length > 0) return { error: 'invalid_blocks', messages: findings.messages };
  const all = lengthOfText(blocks);
  const markdown = lengthOfText((blocks as Json[]).filter(({ type }) => type === 'markdown'));
  if (most === 50 && (all > textOfAllBlocks || markdown > textOfMarkdownBlocks))
    return { error: 'msg_blocks_too_long', messages: [] };
  return undefined;
}

function checkBlock(block: Json, at: string, findings: Findings): void {
  if (typeof block?.type !== 'string' || !known.has(block.type)) {
    findings.add(`unsupported type: ${String(block?.type)}`, `${at}/type`);
    return;
  }
  if (typeof block.block_id === 'string') {
    findings.shortText(block.block_id, 255, `${at}/block_id`);
    if (findings.ids.has(block.block_id)) findings.add('block_id already exists', `${at}/block_id`);
    findings.ids.add(block.block_id);
  }
  switch (block.type) {
    case 'section':
      if (block.text !== undefined || block.fields === undefined)
        findings.text(block.text, 3000, `${at}/text/text`);
      if (block.fields !== undefined)
        findings
          .list(block.fields, 10, `${at}/fields`)
          .forEach((field, index) => findings.text(field, 2000, `${at}/fields/${index}/text`));
      if (block.accessory) checkElement(block.accessory as Json, `${at}/accessory`, findings);
      break;
    case 'header':
      findings.text(block.text, 150, `${at}/text/text`);
      break;
    case 'markdown':
      findings.text(block.text, 12_000, `${at}/text`);
      break;
    case 'context':
      findings
        .list(block.elements, 10, `${at}/elements`)
        .forEach(
          (element, index) =>
            element.type !== 'image' && findings.text(element, 3000, `${at}/elements/${index}/text`),
        );
      break;
    case 'actions':
      findings
        .list(block.elements, 25, `${at}/elements`)
        .forEach((element, index) => checkElement(element, `${at}/elements/${index}`, findings));
      break;
    case 'input':
      findings.text(block.label, 2000, `${at}/label/text`);
      checkElement(block.element as Json, `${at}/element`, findings);
      break;
  }
}

function checkElement(element: Json, at: string, findings: Findings): void {
  if (typeof element?.type !== 'string') findings.add('missing required field: type', at);
  findings.shortText(element?.action_id, 255, `${at}/action_id`);
  if (element?.type === 'button') {
    findings.text(element.text, 75, `${at}/text/text`);
    findings.shortText(element.value, 2000, `${at}/value`);
    if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger')
      findings.add('must be one of: primary, danger', `${at}/style`);
  }
  if (element?.type === 'static_select' && element.options !== undefined)
    findings.list(element.options, 100, `${at}/options`).forEach((option, index) => {
      findings.text(option.text, 75, `${at}/options/${index}/text/text`);
      findings.shortText(option.value, 150, `${at}/options/${index}/value`);
    });
  if (element?.type === 'overflow') findings.list(element.options, 5, `${at}/options`);
  if (element?.type === 'checkboxes' || element?.type === 'radio_buttons')
    findings.list(element.options, 10, `${at}/options`);
}

/** The characters under every `text` in the blocks. */
function lengthOfText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOfText(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : lengthOfText(inner)),
    0,
  );
}

/** The blocks with an id each, as Slack fills them in. */
export function withBlockIds(blocks: Json[], newId: () => string): Json[] {
  return blocks.map((block) => ({ block_id: newId(), ...block }));
}
