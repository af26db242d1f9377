import { TestRedis, startRedis } from '../../../test/support/redis';
import {
  ADMIN_TOKEN,
  RunningService,
  VIEWER_TOKEN,
  startService,
} from '../../../test/support/service-in-process';

describe('the board of the queue', () => {
  let redis: TestRedis;
  let service: RunningService;
  beforeAll(async () => {
    redis = await startRedis();
    service = await startService({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await service?.close();
    await redis?.stop();
  });

  const open = async (path: string, init: RequestInit & { token?: string } = {}): Promise<Response> => {
    const { token, ...rest } = init;
    const headers = { ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...rest.headers };
    return fetch(`${service.url}${path}`, { redirect: 'manual', ...rest, headers });
  };

  it.each([
    '/queues',
    '/queues/',
    '/QUEUES/api/queues',
    '/queues//api/queues',
    '/queues/api/queues',
    '/queues/queue/delivery',
  ])('at %s is for admins only', async (path) => {
    const statuses = [];
    for (const token of [undefined, 'wrong', VIEWER_TOKEN])
      statuses.push((await open(path, { token })).status);
    expect(statuses).toEqual([401, 401, 403]);
    expect((await open(path, { token: ADMIN_TOKEN })).status).toBe(path.includes('//') ? 404 : 200);
  });

  it('leads those who are not signed in to the door', async () => {
    const response = await open('/queues', { headers: { Accept: 'text/html' } });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/']);
  });

  it('shows both lanes, runs nothing from elsewhere, and changes nothing', async () => {
    const page = await open('/queues', { token: ADMIN_TOKEN });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const lanes = (await (await open('/queues/api/queues', { token: ADMIN_TOKEN })).json()) as {
      queues: { name: string; readOnlyMode: boolean }[];
    };
    expect(lanes.queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ['transcription', true],
      ['delivery', true],
    ]);
    const pause = await open('/queues/api/queues/transcription/pause', { method: 'PUT', token: ADMIN_TOKEN });
    expect(pause.status).toBe(405);
  });
});
