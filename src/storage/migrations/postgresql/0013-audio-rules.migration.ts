import { Migration } from '@mikro-orm/migrations';

/** The limits on audio that a job came in by. */
export class AudioRulesMigration extends Migration {
  override name = '0013-audio-rules';

  override up(): void {
    this.addSql('alter table job add column audio_rules jsonb null');
  }

  override down(): void {
    this.addSql('alter table job drop column audio_rules');
  }
}
