import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineLimits } from '../../src/transcribers/whisper-cpp/engine/engine-limits';
import { ApiClient } from '../support/api-client';
import { onQuestion } from '../support/engine-question';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

jest.setTimeout(120_000);

const BAD = NOTES.find(({ seconds }) => seconds > 6)!;
const GOOD = NOTES.find(({ seconds }) => seconds < 4)!;
/** Tells their questions apart. */
const BETWEEN_S = 5;

describe('an engine of our own', () => {
  let service: RunningService;
  let api: ApiClient;
  beforeAll(async () => {
    service = await startService();
    api = new ApiClient(service.url);
  });
  afterAll(() => service.close());

  const enginePid = (): number => {
    const running = join(service.dataDir, 'engine', 'running');
    const [name = ''] = readdirSync(running);
    return (JSON.parse(readFileSync(join(running, name), 'utf8')) as { engine: number }).engine;
  };

  it('that every attempt at one note brings down: after three times that note fails with a reason, others are read', async () => {
    let crashes = 0;
    const stop = onQuestion(BETWEEN_S, () => {
      crashes += 1;
      process.kill(enginePid(), 'SIGSEGV');
    });
    const bad = (await api.note(BAD.file)).body.id;
    const good = (await api.note(GOOD.file)).body.id;
    expect(await api.ended(bad)).toMatchObject({ status: 'failed', error: { code: 'engine_crashed' } });
    expect(await api.ended(good)).toMatchObject({ status: 'done', text: GOOD.text });
    expect(crashes).toBe(3);
    stop();
    // Whatever it was has been mended.
    await api.post(`/jobs/${bad}/retry`);
    expect(await api.ended(bad)).toMatchObject({ status: 'done', text: BAD.text });
  });

  it('that hangs is killed, and the note is read by the next one', async () => {
    service.app.get(EngineLimits, { strict: false }).requestMs = () => 3_000;
    let hung = 0;
    const stop = onQuestion(BETWEEN_S, () => {
      stop();
      hung = enginePid();
      process.kill(hung, 'SIGSTOP');
    });
    const { id } = (await api.note(BAD.file)).body;
    expect(await api.ended(id)).toMatchObject({ status: 'done', text: BAD.text, attempts: 2 });
    expect(enginePid()).not.toBe(hung);
  });
});
