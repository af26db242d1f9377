import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * What somebody's summaries cost in a month: it outlives them, or erasing one's transcripts would be a way around the
 * bound. Whose it was is kept as a digest only.
 */
@Entity({ tableName: 'summary_use' })
@Index({ name: 'summary_use_month', properties: ['month'] })
export class SummaryUseEntity {
  [PrimaryKeyProp]?: ['person', 'month'];

  @PrimaryKey({ type: 'string' })
  person!: string;

  /** `2031-07` */
  @PrimaryKey({ type: 'string' })
  month!: string;

  @Property({ type: 'double' })
  summaries!: number;

  /** Tokens. */
  @Property({ type: 'double' })
  input!: number;

  @Property({ type: 'double' })
  output!: number;

  /** Some of them were counted by the length of texts. */
  @Property({ type: 'boolean' })
  estimated!: boolean;
}
