import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { StoredTerm } from '../../core/term-store';

/** The latest time in office; one row. */
@Entity({ tableName: 'term' })
export class TermEntity {
  @PrimaryKey({ type: 'string' })
  office: string;

  @Property({ type: 'integer' })
  number: number;

  @Property({ type: 'string' })
  holder: string;

  @Property({ type: 'datetime', length: 3 })
  since: Date;

  @Property({ type: 'datetime', length: 3 })
  seenAt: Date;

  @Property({ type: 'boolean' })
  over: boolean;

  constructor({ number, holder, since, seenAt, over }: StoredTerm) {
    this.office = 'bot';
    this.number = number;
    this.holder = holder;
    this.since = since;
    this.seenAt = seenAt;
    this.over = over;
  }
}
