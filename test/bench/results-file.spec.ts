import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Machine } from '../support/machine';
import { Measured } from './measured';
import { ResultsFile } from './results-file';

const MACHINE: Machine = {
  ...{ model: 'a processor', processors: 4, physicalCores: 2, memoryGiB: 8 },
  ...{ system: 'a system', kernel: '6.1', node: 'v24.1.0', ffmpeg: '5.1', redis: '7.0' },
};
const TODAY = {
  on: '2025-02-01',
  hark: '1.2.3',
  engine: '1.9.1-x64, sha256 0123',
  kernel: '6.1',
} as Measured;

interface Result {
  what: string;
  ms: number;
}

describe('what the bench writes down', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'hark-results-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const file = (machine = MACHINE, measured = TODAY): ResultsFile<Result> =>
    new ResultsFile<Result>(folder, 'part', machine, measured, ({ what }) => what);
  const kept = async (name = 'part.json'): Promise<{ machine: object; results: object[] }> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as { machine: object; results: object[] };

  it('says of each result when and with what it was measured', async () => {
    await file().keep({ what: 'one', ms: 1 });
    expect(await kept()).toEqual({
      machine: { model: 'a processor', processors: 4, physicalCores: 2, memoryGiB: 8 },
      results: [{ what: 'one', ms: 1, measured: TODAY }],
    });
    expect(await readdir(folder)).toEqual(['part.json']);
  });

  it('keeps what was measured before with other versions, but for what is measured again', async () => {
    await file().keep({ what: 'one', ms: 1 });
    await file().keep({ what: 'two', ms: 2 });
    const later = { ...TODAY, on: '2025-03-01', kernel: '6.2' };
    await file({ ...MACHINE, kernel: '6.2' }, later).keep({ what: 'one', ms: 3 });
    expect((await kept()).results).toEqual([
      { what: 'one', ms: 3, measured: later },
      { what: 'two', ms: 2, measured: TODAY },
    ]);
  });

  it('puts aside what another machine has measured', async () => {
    await file().keep({ what: 'one', ms: 1 });
    await file({ ...MACHINE, processors: 8 }).keep({ what: 'two', ms: 2 });
    expect((await kept()).results).toMatchObject([{ what: 'two' }]);
    expect((await kept('part.elsewhere.json')).results).toMatchObject([{ what: 'one' }]);
  });
});
