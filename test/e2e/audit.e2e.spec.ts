import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditPageView } from '../../src/api/audit/audit.view';
import { AuditRetentionService } from '../../src/core/audit-retention.service';
import { AuditLog } from '../../src/core/audit-log';
import { ProblemView } from '../../src/api/problems/problem.view';
import { ApiClient } from '../support/api-client';
import { NOTES } from '../support/notes';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const NOTE = NOTES[0]!;
const DAY_MS = 86_400_000;

describe('the audit log', () => {
  let service: RunningService;
  let admin: ApiClient;
  let viewer: ApiClient;
  let nobody: ApiClient;

  beforeEach(async () => {
    service = await startService({ TRUSTED_PROXIES: '127.0.0.1' });
    admin = new ApiClient(service.url);
    viewer = admin.as(VIEWER_TOKEN);
    nobody = admin.as(null);
  });
  afterEach(() => service.close());

  const log = async (query = ''): Promise<AuditPageView> =>
    (await admin.get<AuditPageView>(`/audit${query}`)).body;
  /** Oldest first, without the looks into the log itself. */
  const entries = async (query = '') =>
    (await log(query)).entries.filter(({ action }) => action !== 'audit.read').reverse();

  it('says who did what to which job, from where, and what came of it', async () => {
    const { body: job } = await admin.note(NOTE.file, {}, { 'X-Forwarded-For': '203.0.113.7' });
    await viewer.events(job.id);
    await viewer.get(`/jobs/${job.id}`);
    await viewer.get(`/jobs/${job.id}/transcript`);
    await viewer.get(`/jobs/${job.id}/transcript?format=srt`);
    await viewer.call('DELETE', `/api/v1/jobs/${job.id}`);
    await admin.post(`/jobs/${job.id}/cancel`);
    await admin.call('DELETE', `/api/v1/jobs/${job.id}`);
    await admin.call('DELETE', `/api/v1/jobs/${job.id}`);
    await admin.link({ url: 'http://127.0.0.1/' });
    await nobody.get('/stats');

    const target = job.id;
    const ofAdmin = { actor: 'api:admin', role: 'admin', address: '127.0.0.1' };
    const ofViewer = { actor: 'api:viewer', role: 'viewer', address: '127.0.0.1' };
    const written = await entries();
    expect(written).toEqual(
      [
        { ...ofAdmin, action: 'job.submit', target, outcome: 'done', address: '203.0.113.7' },
        { ...ofViewer, action: 'job.read', target, outcome: 'done' },
        { ...ofViewer, action: 'transcript.read', target, outcome: 'done' },
        { ...ofViewer, action: 'job.erase', target, outcome: 'refused', code: 'forbidden' },
        { ...ofAdmin, action: 'job.cancel', target, outcome: 'failed', code: 'job_state_conflict' },
        { ...ofAdmin, action: 'job.erase', target, outcome: 'done' },
        { ...ofAdmin, action: 'job.erase', target, outcome: 'failed', code: 'job_not_found' },
        { ...ofAdmin, action: 'job.submit', outcome: 'failed', code: 'link_refused' },
        {
          actor: 'nobody',
          address: '127.0.0.1',
          action: 'call',
          detail: 'GET /api/v1/stats',
          outcome: 'refused',
          code: 'unauthorized',
        },
      ].map((entry) => ({ id: expect.any(String), at: expect.stringMatching(/Z$/), ...entry })),
    );
  });

  it('says whom: people and places by platform, kind and id, whatever the id looks like', async () => {
    await admin.call('DELETE', '/api/v1/people/discord/1');
    await admin.call('DELETE', '/api/v1/people/slack/1');
    await admin.send('PUT', '/quotas/discord/server/1', {});
    await admin.send('PUT', '/quotas/discord/channel/1', {});
    await admin.call('DELETE', `/api/v1/people/api/${encodeURIComponent('oidc:auth0|a/b.c')}`);
    await nobody.call('DELETE', `/api/v1/people/api/${encodeURIComponent('my words: here')}`);
    expect((await entries()).map(({ action, target, outcome }) => [action, target, outcome])).toEqual([
      ['person.erase', 'discord:user:1', 'done'],
      ['person.erase', 'slack:user:1', 'done'],
      ['quota.change', 'discord:server:1', 'done'],
      ['quota.change', 'discord:channel:1', 'done'],
      ['person.erase', 'api:user:oidc:auth0|a/b.c', 'done'],
      ['person.erase', undefined, 'refused'],
    ]);
    expect(await entries('?target=api:user:oidc:auth0%7Ca/b.c')).toHaveLength(1);
  });

  it('holds nothing of what was said, sent or searched for, nor any token', async () => {
    const marks = ['marked-word', 'marked-key', 'marked-name', 'marked-token', 'marked-id', 'marked-path'];
    const { body: job } = await admin.upload(
      { name: 'marked-name.ogg', content: await readFile(join(__dirname, '../support/audio', NOTE.file)) },
      { prompt: 'marked-word' },
      { 'Idempotency-Key': 'marked-key' },
    );
    await admin.ended(job.id);
    await admin.get(`/jobs/${job.id}/transcript`);
    await admin.get('/jobs?q=marked-word&user=marked-id');
    await admin.as('marked-token').get('/jobs/marked-id?token=marked-token');
    await admin.get(`/jobs/${'marked-id'.repeat(20)}`);
    await nobody.get('/marked-path');
    const text = JSON.stringify(await log());
    expect(text).toContain(job.id);
    for (const mark of [
      ...marks.filter((each) => each !== 'marked-id'),
      NOTE.text.slice(0, 10),
      ADMIN_TOKEN,
      VIEWER_TOKEN,
    ])
      expect([mark, text.includes(mark)]).toEqual([mark, false]);
    // An id is written down as it was given, if it could be one.
    expect(text).toContain('"target":"marked-id"');
    expect(text).not.toContain('marked-idmarked-id');
  });

  it('is for admins, by page and by question', async () => {
    expect((await viewer.get('/audit')).status).toBe(403);
    for (let index = 0; index < 5; index++) await admin.post('/jobs/none/cancel');
    const first = await log('?action=job.cancel&limit=2');
    const second = await log(`?action=job.cancel&limit=2&cursor=${first.nextCursor}`);
    const third = await log(`?action=job.cancel&limit=2&cursor=${second.nextCursor}`);
    expect([first, second, third].map((page) => page.entries.length)).toEqual([2, 2, 1]);
    expect(third.nextCursor).toBeNull();
    expect((await log('?actor=api:viewer')).entries).toMatchObject([
      { action: 'audit.read', outcome: 'refused', code: 'forbidden' },
    ]);
    expect(await entries('?since=2999-01-01')).toEqual([]);
    expect(await entries('?target=none&until=2999-01-01T00:00:00Z')).toHaveLength(5);
    for (const wrong of ['action=nonsense', 'since=yesterday', 'limit=0', 'cursor=x', 'unknown=1']) {
      const { status, body } = await admin.get<ProblemView>(`/audit?${wrong}`);
      expect([wrong, status, body.code]).toEqual([wrong, 400, 'field_invalid']);
    }
  });

  it('cannot be flooded by strangers', async () => {
    for (let index = 0; index < 40; index++) await nobody.get('/jobs');
    expect(await entries('?actor=nobody')).toHaveLength(10);
  });

  it('forgets what is older than AUDIT_DAYS', async () => {
    const store = service.app.get(AuditLog, { strict: false });
    const event = { actor: 'api:admin', action: 'job.erase', outcome: 'done' } as const;
    await store.add({ ...event, target: 'old', at: new Date(Date.now() - 366 * DAY_MS) });
    await store.add({ ...event, target: 'young', at: new Date(Date.now() - 364 * DAY_MS) });
    await service.app.get(AuditRetentionService, { strict: false }).erase(new Date());
    expect((await entries('?action=job.erase')).map(({ target }) => target)).toEqual(['young']);
  });

  it('keeps nobody from working when it cannot be written', async () => {
    const store = service.app.get(AuditLog, { strict: false });
    jest.spyOn(store, 'add').mockRejectedValue(new Error('no space'));
    expect((await admin.note(NOTE.file)).status).toBe(202);
    expect((await nobody.get('/jobs')).status).toBe(401);
  });
});
