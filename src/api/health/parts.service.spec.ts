import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { PartsService } from './parts.service';

/** Says what it is told to, when it is told to. */
class Part extends HealthCheck {
  asked = 0;
  said = Promise.resolve<HealthReport['state']>('ok');

  constructor(readonly name: string) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    this.asked++;
    return [{ name: this.name, state: await this.said, detail: 'So it is.' }];
  }
}

describe('PartsService', () => {
  let registry: HealthRegistry;
  let parts: PartsService;
  const engine = (): Part => {
    const part = new Part('engine');
    registry.add(part);
    return part;
  };
  const states = async (): Promise<string[]> => (await parts.report()).map(({ state }) => state);

  beforeEach(() => {
    jest.useFakeTimers();
    registry = new HealthRegistry();
    parts = new PartsService(registry);
  });
  afterEach(() => jest.useRealTimers());

  it('asks a part that is well no more than every two seconds', async () => {
    const part = engine();
    expect(await states()).toEqual(['ok']);
    part.said = Promise.resolve('broken');
    jest.advanceTimersByTime(1_900);
    expect(await states()).toEqual(['ok']);
    jest.advanceTimersByTime(200);
    expect(await states()).toEqual(['broken']);
    expect(part.asked).toBe(2);
  });

  it('knows soon that a part has got ready', async () => {
    const part = engine();
    part.said = Promise.resolve('warning');
    expect(await states()).toEqual(['warning']);
    part.said = Promise.resolve('ok');
    expect(await states()).toEqual(['warning']);
    jest.advanceTimersByTime(150);
    expect(await states()).toEqual(['ok']);
  });

  it('asks the others no sooner for that', async () => {
    const [well, part] = [engine(), engine()];
    part.said = Promise.resolve('warning');
    await states();
    jest.advanceTimersByTime(150);
    expect(await states()).toEqual(['ok', 'warning']);
    expect([well.asked, part.asked]).toEqual([1, 2]);
  });

  it('lets all who ask meanwhile wait for one answer, however long it takes', async () => {
    const part = engine();
    const { promise, resolve } = Promise.withResolvers<'ok'>();
    part.said = promise;
    const first = states();
    jest.advanceTimersByTime(60_000);
    const second = states();
    resolve('ok');
    expect(await Promise.all([first, second])).toEqual([['ok'], ['ok']]);
    expect(part.asked).toBe(1);
  });

  it('hears at once who has come since', async () => {
    engine();
    await states();
    engine().said = Promise.resolve('broken');
    expect(await states()).toEqual(['ok', 'broken']);
  });
});
