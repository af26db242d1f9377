import { describeStorage } from '../../test/contracts/storage/storage.contract';
import { openTestStorage } from '../../test/support/storage';

describe('SQLite', () => {
  describeStorage({
    open: () => openTestStorage(),
    openAgain: ({ dataDir }) => openTestStorage(dataDir),
  });
});
