import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PlatformName } from '../../core/voice-note';
import { JobEntity } from './job.entity';

/** A term that a correction brought up; it goes with the job that was corrected. */
@Entity({ tableName: 'glossary_suggestion' })
export class GlossarySuggestionEntity {
  [PrimaryKeyProp]?: ['platform', 'place', 'termKey'];

  @PrimaryKey({ type: 'string' })
  platform!: PlatformName;

  @PrimaryKey({ type: 'string' })
  place!: string;

  @PrimaryKey({ type: 'string' })
  termKey!: string;

  @Property({ type: 'string' })
  term!: string;

  @Property({ type: 'string', nullable: true })
  insteadOf?: string | null;

  @ManyToOne({ entity: () => JobEntity, deleteRule: 'cascade', index: 'glossary_suggestion_job' })
  job!: JobEntity;

  /** Who made the correction. */
  @Property({ type: 'string' })
  personId!: string;

  @Property({ type: 'datetime', length: 3 })
  suggestedAt!: Date;
}
