import { Migration } from '@mikro-orm/migrations';

/** Audio that is kept after its job, and files by which jobs are found when they are deleted. */
export class KeptAudioMigration extends Migration {
  override name = '0008-kept-audio';

  override up(): void {
    this.addSql('alter table job add column file_id text collate "C" null');
    this.addSql('alter table job add column audio_id text collate "C" null');
    this.addSql('alter table job add column audio_bytes double precision null');
    this.addSql("update job set file_id = source -> 'ids' ->> 'file' where platform = 'slack'");
    this.addSql('create index job_of_file on job (file_id) where file_id is not null');
    this.addSql('create index job_with_audio on job (audio_id, finished_at) where audio_id is not null');
  }

  override down(): void {
    this.addSql('drop index job_of_file');
    this.addSql('drop index job_with_audio');
    for (const column of ['file_id', 'audio_id', 'audio_bytes'])
      this.addSql(`alter table job drop column ${column}`);
  }
}
