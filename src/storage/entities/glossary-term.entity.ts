import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PlatformName } from '../../core/voice-note';

/** A name or term that the engine is to expect in a place. Who added it is in the audit log alone. */
@Entity({ tableName: 'glossary_term' })
export class GlossaryTermEntity {
  [PrimaryKeyProp]?: ['platform', 'place', 'termKey'];

  @PrimaryKey({ type: 'string' })
  platform!: PlatformName;

  @PrimaryKey({ type: 'string' })
  place!: string;

  /** The same for spellings that differ in case only. */
  @PrimaryKey({ type: 'string' })
  termKey!: string;

  @Property({ type: 'string' })
  term!: string;

  @Property({ type: 'datetime', length: 3 })
  addedAt!: Date;
}
