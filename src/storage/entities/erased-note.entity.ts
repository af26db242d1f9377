import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * A note that nobody had to ask for and that was erased: a platform may bring its event once more. The key is a digest
 * of the event's ids; nothing leads back from it. Times are milliseconds since 1970.
 */
@Entity({ tableName: 'erased_note' })
@Index({ name: 'erased_note_age', properties: ['createdAt'] })
export class ErasedNoteEntity {
  @PrimaryKey({ type: 'string' })
  dedupeKey!: string;

  /** When it had come in. */
  @Property({ type: 'double' })
  createdAt!: number;
}
