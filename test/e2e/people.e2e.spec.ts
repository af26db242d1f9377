import { JobEvents } from '../../src/core/job-events';
import { JobQueue } from '../../src/core/job-queue';
import { JobStore } from '../../src/core/job-store';
import { PersonExport } from '../../src/core/person-export';
import { VoiceNote } from '../../src/core/voice-note';
import { JobPageView } from '../../src/api/jobs/job.view';
import { PersonOverviewView } from '../../src/api/people/person.view';
import { QuotaView } from '../../src/api/quotas/quota.view';
import { ApiClient } from '../support/api-client';
import { chatJob, spoken } from '../support/job-stages';
import { chatMessage, newJob } from '../support/new-job';
import { readNote } from '../support/read-note';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

describe("people's rights and limits over the API", () => {
  let service: RunningService;
  let api: ApiClient;
  let jobs: JobStore;
  beforeAll(async () => {
    service = await startService({ RATE_LIMIT_JOBS_PER_HOUR: '30', RATE_LIMIT_SERVER_JOBS_PER_HOUR: '100' });
    api = new ApiClient(service.url);
    jobs = service.app.get(JobStore, { strict: false });
  }, 60_000);
  afterAll(() => service.close());

  const read = (words: string, note: Partial<VoiceNote>) => readNote(service, words, note);
  const [ann, ben] = [
    { id: 'ann', name: 'Ann' },
    { id: 'ben', name: 'Ben' },
  ];

  it('give an admin all that is stored of somebody as JSON, and only of them', async () => {
    await read('Ann speaks for herself.', { author: ann, requester: ann });
    await read('Ann was asked about by Ben.', { author: ann, requester: ben });
    await read('Ann whispers, and Ben listens.', { author: ann, requester: ben, private: true });
    await read('Ben speaks, and Ann listens.', { author: ben, requester: ann, private: true });
    await read('Ben speaks for himself.', { author: ben, requester: ben });
    await api.send('PATCH', '/people/discord/ann', { allowRequests: true });
    const { status, headers, body } = await api.get<PersonExport>('/people/discord/ann/export');
    expect([status, headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename=hark-export-discord-ann.json',
    ]);
    expect(body).toMatchObject({
      person: { platform: 'discord', id: 'ann' },
      choices: { allowRequests: true },
      use: [{ seconds: 6 }, { seconds: 6 }],
    });
    expect(body.recordings.map(({ transcript, askedBy }) => [transcript?.text, askedBy?.name])).toEqual([
      ['Ben speaks, and Ann listens.', 'Ann'],
      // Her own words, but not who asked for them, nor how.
      ['Ann whispers, and Ben listens.', undefined],
      ['Ann was asked about by Ben.', undefined],
      ['Ann speaks for herself.', 'Ann'],
    ]);
    expect(body.recordings[0]?.transcript?.segments).toHaveLength(1);
    const [, secret, open] = body.recordings.map((each) => Object.keys(each));
    expect(secret).toEqual(open);
  });

  it.each<[string, string, Partial<VoiceNote>]>([
    ['private words', 'parrot', { private: true }],
    ["words of Discord's direct messages", 'magpie', { replyTo: { platform: 'discord', channel: 'dm' } }],
    [
      "words of Slack's direct messages",
      'jackdaw',
      {
        platform: 'slack',
        replyTo: { platform: 'slack', workspace: 'T1', channel: 'D1', message: '1', direct: true },
      },
    ],
  ])('show %s to nobody but admins, and find them for nobody else', async (_, word, note) => {
    const viewer = api.as(VIEWER_TOKEN);
    const news = await viewer.news();
    const id = await read(`The ${word} knows a secret.`, { author: ann, requester: ben, ...note });
    service.app
      .get(JobEvents, { strict: false })
      .publish({ type: 'status', jobId: id, answerId: undefined, status: 'done' });
    const found = async (client: ApiClient): Promise<string[]> =>
      (await client.get<JobPageView>(`/jobs?q=${word}`)).body.jobs.map((job) => job.id);
    expect(await found(api)).toEqual([id]);
    expect(await found(viewer)).toEqual([]);
    expect((await viewer.get(`/jobs/${id}`)).body).toMatchObject({ id, private: true, text: null });
    expect((await viewer.get(`/jobs/${id}/transcript`)).status).toBe(403);
    const seen = await Promise.all(
      ['/jobs', `/jobs/${id}`, `/jobs?user=ben`, '/stats'].map(async (path) => (await viewer.get(path)).text),
    );
    seen.push(await news.until(id), JSON.stringify(await viewer.events(id)));
    expect(seen.join()).not.toContain(word);
    expect((await api.get(`/jobs/${id}`)).text).toContain(word);
    for (const path of ['/people/discord/ann', '/people/discord/ann/export', '/quotas/discord/server/g'])
      expect((await viewer.get(path)).status).toBe(403);
  });

  it('opt people out, and in again', async () => {
    const change = (body: object) => api.send<PersonOverviewView>('PATCH', '/people/slack/U7', body);
    expect((await change({ optedOut: true })).body).toEqual({
      platform: 'slack',
      id: 'U7',
      stored: 0,
      optedOut: true,
      allowRequests: false,
    });
    expect((await change({ allowRequests: true })).body).toMatchObject({
      optedOut: true,
      allowRequests: true,
    });
    expect((await change({ optedOut: false })).body).toMatchObject({ optedOut: false, allowRequests: true });
    expect((await change({ language: 'de' })).status).toBe(400);
  });

  it.each(['oidc:auth0|abc', 'oidc:https://login.example/ü 1', `oidc:${'x'.repeat(255)}`])(
    'reach people of the API, whatever their issuer calls them: %.40s',
    async (id) => {
      const { note: usual, ...job } = newJob();
      await jobs.add({ ...job, note: { ...usual, author: { id }, requester: { id } } });
      const path = `/people/api/${encodeURIComponent(id)}`;
      const { status, body } = await api.get<PersonExport>(`${path}/export`);
      expect([status, body.person, body.recordings.length]).toEqual([200, { platform: 'api', id }, 1]);
      expect((await api.get<PersonOverviewView>(path)).body).toMatchObject({ id, stored: 1 });
      expect((await api.call('DELETE', `/api/v1${path}`)).body).toEqual({ erased: 1 });
      const limits = await api.send<QuotaView>('PUT', `/quotas/api/user/${encodeURIComponent(id)}`, {});
      expect([limits.status, limits.body.id]).toEqual([200, id]);
    },
  );

  it('let an opt-out hold for what was taken in before, and for what comes to be read later', async () => {
    const [shy, own] = [{ id: 'shy' }, { id: 'own' }];
    const add = async (note: Partial<VoiceNote>): Promise<string> => {
      const { note: usual, ...job } = chatJob({ replyTo: chatMessage('general') });
      return (await jobs.add({ ...job, note: { ...usual, author: shy, requester: own, ...note } })).job.id;
    };
    const automatic = { trigger: 'automatic', requester: shy } as const;
    const unasked = await add(automatic);
    const asked = await add({});
    const others = await add({ author: own });
    const lease = { owner: 'test', until: new Date(Date.now() + 60_000) };
    const [running, delivering] = [await add({}), await add({})];
    for (const id of [running, delivering]) await jobs.claim(id, lease, new Date());
    await jobs.finish(delivering, 'test', spoken('Nobody shall read this.', 6), new Date());
    await api.send('PATCH', '/people/discord/shy', { optedOut: true });
    for (const id of [unasked, running, delivering]) expect(await jobs.find(id)).toBeUndefined();
    expect(await jobs.find(asked)).toMatchObject({ status: 'failed', error: { code: 'speaker_opted_out' } });
    expect(await jobs.find(others)).toBeDefined();

    // Taken in at the same moment, or tried again by an admin.
    const late = await add(automatic);
    await api.post(`/jobs/${asked}/retry`);
    service.app.get(JobQueue, { strict: false }).wake('transcription');
    const until = async (fits: () => Promise<boolean>): Promise<void> => {
      while (!(await fits())) await new Promise((resolve) => setImmediate(resolve));
    };
    await until(async () => (await jobs.find(late)) === undefined);
    await until(async () => (await jobs.find(asked))?.status === 'failed');
    expect((await jobs.find(asked))?.error?.code).toBe('speaker_opted_out');
  });

  it('erase all that somebody spoke or asked for; what they chose only when asked to', async () => {
    await read('Carl speaks.', { author: { id: 'carl' }, requester: ben });
    await read('Carl asks.', { author: ben, requester: { id: 'carl' } });
    await api.send('PATCH', '/people/discord/carl', { optedOut: true });
    const erased = (query = '') => api.call<object>('DELETE', `/api/v1/people/discord/carl${query}`);
    expect((await erased()).body).toEqual({ erased: 2 });
    expect((await api.get<PersonOverviewView>('/people/discord/carl')).body).toMatchObject({
      stored: 0,
      optedOut: true,
    });
    expect((await api.get<PersonExport>('/people/discord/carl/export')).body).toMatchObject({
      use: [{ seconds: 6 }],
      recordings: [],
    });
    expect((await erased('?choices=true')).body).toEqual({ erased: 0 });
    expect((await api.get<PersonExport>('/people/discord/carl/export')).body).toMatchObject({
      choices: {},
      use: [],
    });
    expect((await erased('?choices=maybe')).status).toBe(400);
  });

  it('set limits of servers, channels and people, and tell how much of them is used', async () => {
    const path = '/quotas/discord/server/guild-9';
    const quota = {
      limits: { jobsPerHour: 500 },
      members: { activeJobs: 2 },
      exceptions: [
        { role: '77', limits: { jobsPerHour: 0 } },
        { user: 'ann', limits: { audioMinutesPerDay: 600 } },
      ],
    };
    await read('One.', { requester: ann, replyTo: { ...chatMessage('c'), workspace: 'guild-9' } });
    const { body, status } = await api.send<QuotaView>('PUT', path, quota);
    expect([status, body]).toEqual([
      200,
      {
        platform: 'discord',
        kind: 'server',
        id: 'guild-9',
        ...quota,
        usual: { jobsPerHour: 100, audioMinutesPerDay: 0, activeJobs: 0 },
        used: { jobs: 1, audioMinutes: 0.1 },
      },
    ]);
    expect((await api.get<QuotaView>(path)).body).toEqual(body);
    expect((await api.send<QuotaView>('PUT', path, {})).body).not.toHaveProperty('limits');
    const own = await api.send<QuotaView>('PUT', '/quotas/slack/user/U7', { limits: { activeJobs: 9 } });
    expect(own.body).toMatchObject({ limits: { activeJobs: 9 }, usual: { jobsPerHour: 30 } });
  });

  it.each<[string, string, unknown, RegExp]>([
    ['a kind that does not exist', '/quotas/discord/guild/1', {}, /kind must be one of/i],
    ['an id that is none', '/quotas/discord/user/a%0Ab', {}, /own id/],
    ['a negative limit', '/quotas/discord/user/1', { limits: { jobsPerHour: -1 } }, /jobsPerHour/i],
    ['half a job', '/quotas/discord/user/1', { limits: { jobsPerHour: 1.5 } }, /jobsPerHour/i],
    ['an unknown limit', '/quotas/discord/user/1', { limits: { pages: 1 } }, /no field "limits.pages"/],
    ['members of a channel', '/quotas/discord/channel/1', { members: { activeJobs: 1 } }, /only servers/i],
    ['nobody in particular', '/quotas/discord/server/1', { exceptions: [{ limits: {} }] }, /role or a user/],
    [
      'somebody twice',
      '/quotas/discord/server/1',
      { exceptions: [1, 2].map((jobsPerHour) => ({ role: '5', limits: { jobsPerHour } })) },
      /5 is named twice/,
    ],
    ['a list', '/quotas/discord/server/1', [], /./],
  ])('refuse %s', async (_, path, body, why) => {
    const refused = await api.send<{ code: string; detail: string }>('PUT', path, body);
    expect([refused.status, refused.body.code]).toEqual([400, 'field_invalid']);
    expect(refused.body.detail).toMatch(why);
  });
});
