import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/core';
import { PreferenceScope, Preferences } from '../../core/preference-store';
import { PlatformName } from '../../core/voice-note';

/** What one user, channel or server chose, and the language that a user's notes were heard in. An empty column is the default. */
@Entity({ tableName: 'preference' })
export class PreferenceEntity {
  [PrimaryKeyProp]?: ['platform', 'kind', 'scopeId'];

  @PrimaryKey({ type: 'string' })
  platform: PlatformName;

  @PrimaryKey({ type: 'string' })
  kind: PreferenceScope['kind'];

  @PrimaryKey({ type: 'string' })
  scopeId: string;

  @Property({ type: 'string', nullable: true })
  language?: string | null;

  @Property({ type: 'boolean', nullable: true })
  automatic?: boolean | null;

  @Property({ type: 'string', nullable: true })
  whoMayAsk?: Preferences['whoMayAsk'] | null;

  @Property({ type: 'boolean', nullable: true })
  optedOut?: boolean | null;

  @Property({ type: 'boolean', nullable: true })
  allowRequests?: boolean | null;

  @Property({ type: 'boolean', nullable: true })
  suggestTerms?: boolean | null;

  @Property({ type: 'boolean', nullable: true })
  eraseWithMessage?: boolean | null;

  @Property({ type: 'json', nullable: true })
  features?: Record<string, boolean> | null;

  @Property({ type: 'json', nullable: true })
  quota?: Preferences['quota'] | null;

  @Property({ type: 'string', nullable: true })
  summarizer?: string | null;

  @Property({ type: 'json', nullable: true })
  summaryHosts?: readonly string[] | null;

  @Property({ type: 'string', nullable: true })
  heardLanguage?: string | null;

  @Property({ type: 'integer', nullable: true })
  heardNotes?: number | null;

  constructor(scope: PreferenceScope) {
    this.platform = scope.platform;
    this.kind = scope.kind;
    this.scopeId = scope.id;
  }
}
