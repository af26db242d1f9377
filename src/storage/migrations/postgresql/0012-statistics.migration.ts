import { Migration } from '@mikro-orm/migrations';

/** What people said, column by column: nothing is ever looked up by how these values are spread. */
const WORDS = [
  ['transcript', 'text'],
  ['transcript', 'segments'],
  ['transcript_piece', 'segments'],
  ['transcript_search', 'words'],
] as const;

/** The server makes samples of columns for its planner, and keeps them beyond the rows: none of what people said. */
export class StatisticsMigration extends Migration {
  override name = '0012-statistics';

  override up(): void {
    for (const [table, column] of WORDS)
      this.addSql(`alter table ${table} alter column ${column} set statistics 0`);
  }

  override down(): void {
    for (const [table, column] of WORDS)
      this.addSql(`alter table ${table} alter column ${column} set statistics -1`);
  }
}
