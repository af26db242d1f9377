import { EntityMetadata, JsonType, Platform, TransformContext } from '@mikro-orm/core';

/** What JSON escapes; first what PostgreSQL takes in no text: U+0000 and single halves of surrogate pairs. */
const ESCAPED = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/** JSON of strangers' making in a form that every database takes. */
class StorableJson extends JsonType {
  override convertToDatabaseValue(
    value: unknown,
    platform: Platform,
    context?: TransformContext,
  ): string | null {
    const text = super.convertToDatabaseValue(value, platform, context);
    if (typeof text !== 'string') return text;
    return text.replace(ESCAPED, (escaped) => (escaped.length > 2 ? '\\ufffd' : escaped));
  }
}

/** Has every JSON column of an entity hold only that. */
export function storableJson({ properties }: EntityMetadata): void {
  for (const property of Object.values(properties)) {
    if (property.type === 'json') property.customType = new StorableJson();
  }
}
