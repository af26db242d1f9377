import { z } from 'zod';

/** What is known of a setting besides its type. Values are written as a person writes them. */
export interface SettingMeta {
  example: string;
  default?: string;
  /** Its value, or a part of it, must never be shown. */
  secret?: boolean;
}

/** The meta data of every setting, by its schema. */
export const settingMeta = z.registry<SettingMeta>();

/** A setting that has a value in any case. */
export function setting<T extends z.ZodType<unknown, string>>(
  type: T,
  meta: SettingMeta & { default: string },
): z.ZodPrefault<T> {
  // Cast: the generic input of `prefault` is not seen to be the string that the bound says.
  const schema = type.prefault(meta.default as z.input<T>);
  settingMeta.add(schema, meta);
  return schema;
}

/** A setting that may be left out. */
export function optionalSetting<T extends z.ZodType<unknown, string>>(
  type: T,
  meta: SettingMeta,
): z.ZodOptional<T> {
  const schema = type.optional();
  settingMeta.add(schema, meta);
  return schema;
}

/** Text that `read` understands; `message` says what is expected and never repeats the text. */
export function readable<T>(message: string, read: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

export function matching(pattern: RegExp, message: string) {
  return readable(message, (text) => (pattern.test(text) ? text : undefined));
}

export function oneOf<const T extends readonly string[]>(choices: T) {
  return readable(`must be one of ${choices.join(', ')}`, (text) =>
    choices.find((choice): choice is T[number] => choice === text.toLowerCase()),
  );
}

export function wholeNumber(least: number, most: number) {
  return readable(`must be a whole number from ${least} to ${most}`, (text) => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
  });
}

export const yesOrNo = oneOf(['true', 'false']).transform((text) => text === 'true');

/** Parts between commas, in order, without repeats. */
export function listOf<T>(message: string, read: (part: string) => T | undefined) {
  return readable(message, (text) => {
    const parts = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const values = parts.map(read).filter((value) => value !== undefined);
    return parts.length > 0 && values.length === parts.length ? [...new Set(values)] : undefined;
  });
}
