import { describeStorage } from '../../test/contracts/storage/storage.contract';
import { StorageUnderTest } from '../../test/contracts/storage/storage-under-test';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { openTestStorage } from '../../test/support/storage';

let postgres: TestPostgres;
let made = 0;

const postgresql: StorageUnderTest = {
  open: () => openTestStorage(undefined, postgres.createDatabase(`hark_${(made += 1)}`, 'migrated')),
  openAgain: ({ dataDir, databaseUrl }) => openTestStorage(dataDir, databaseUrl),
};

describe('PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
    await (await openTestStorage(undefined, postgres.createDatabase('migrated'))).close();
  });
  afterAll(() => postgres.stop());

  describeStorage(postgresql);
});
