import { InitialMigration } from './0001-initial.migration';

/** In the order in which they run. What has been released is never changed, only added to. */
export const POSTGRESQL_MIGRATIONS = [InitialMigration];
