import { OpenAPIObject } from '@nestjs/swagger';
import { ProblemView } from '../../src/api/problems/problem.view';
import { ERROR_CODES } from '../../src/core/errors';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';
import { ApiClient } from '../support/api-client';

interface Operation {
  summary?: string;
  security?: object[];
  responses: Record<string, { description: string; content?: Record<string, object> }>;
}

describe('what the API says of itself', () => {
  let service: RunningService;
  let anybody: ApiClient;

  beforeAll(async () => {
    service = await startService();
    anybody = new ApiClient(service.url, null);
  });
  afterAll(() => service.close());

  it('is complete: every call with what it does, its answers and its errors', async () => {
    const { body, text } = await anybody.call<OpenAPIObject>('GET', '/docs-json');
    const calls = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, call]) => ({
        name: `${method} ${path}`,
        call,
      })),
    );
    expect(calls.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining([
        'delete /api/v1/jobs/{id}',
        'get /api/v1/audit',
        'get /api/v1/jobs',
        'get /api/v1/jobs/{id}',
        'get /api/v1/jobs/{id}/events',
        'get /api/v1/jobs/{id}/transcript',
        'get /api/v1/stats',
        'get /api/v1/webhooks',
        'get /api/v1/webhooks/{id}/deliveries',
        'post /api/v1/jobs/{id}/cancel',
        'post /api/v1/jobs/{id}/retry',
        'post /api/v1/transcriptions',
        'post /api/v1/webhooks',
        'post /api/v1/webhooks/{id}/ping',
        'post /v1/audio/transcriptions',
        'post /v1/audio/translations',
      ]),
    );
    for (const { name, call } of calls.filter(({ name }) => name.includes('/v1/'))) {
      const words = name.includes('/api/v1/') ? 'application/problem+json' : 'application/json';
      const statuses = Object.keys(call.responses);
      expect([name, call.summary]).toEqual([name, expect.stringMatching(/\w/)]);
      expect([name, call.security]).toEqual([name, [{ bearer: [] }]]);
      expect([name, statuses]).toEqual([name, expect.arrayContaining(['401', '403', '429', '500', '503'])]);
      expect([name, statuses.some((status) => status.startsWith('2'))]).toEqual([name, true]);
      for (const [status, { content }] of Object.entries(call.responses)) {
        if (Number(status) >= 400) expect([name, Object.keys(content ?? {})]).toEqual([name, [words]]);
      }
    }
    for (const secret of [ADMIN_TOKEN, VIEWER_TOKEN, service.dataDir]) expect(text).not.toContain(secret);
  });

  it('refers to nothing that is not there, and knows every code', async () => {
    const { body, text } = await anybody.call<OpenAPIObject>('GET', '/docs-json');
    const schemas = body.components?.schemas ?? {};
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(schemas)).toContain(name);
    expect(schemas.ErrorCode).toMatchObject({ enum: [...ERROR_CODES] });
  });

  it('has a page that its own headers let a browser show', async () => {
    const { status, text, headers } = await anybody.call('GET', '/docs');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    for (const [, source] of text.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)) {
      expect((await fetch(new URL(source!, `${service.url}/docs`))).status).toBe(200);
    }
  });

  it('is healthy, part by part', async () => {
    const { status, body } = await anybody.call<{ status: string; details: object }>('GET', '/health/ready');
    expect(status).toBe(200);
    expect(Object.keys(body.details)).toEqual(
      expect.arrayContaining(['database', 'queue', 'engine', 'model', 'decoder', 'identity', 'webhooks']),
    );
    expect((await anybody.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
  });

  it('lets its pages do nothing but what they need', async () => {
    for (const path of ['/', '/docs', '/api/v1/jobs', '/health/live', '/nowhere']) {
      const { headers } = await anybody.call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect([path, policy]).toEqual([path, expect.stringMatching(/default-src 'none'.*script-src 'self';/)]);
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
      expect([path, policy.includes('unsafe-inline')]).toEqual([path, path === '/docs']);
      expect([path, policy.match(/unsafe-eval|https?:|\*/)]).toEqual([path, null]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('takes no large bodies that are no files, whoever sends them', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const body = `{"url":"${'x'.repeat(70_000)}"}`;
      const sent = await anybody.call<ProblemView>('POST', '/api/v1/transcriptions', {
        headers: { 'Content-Type': type },
        body,
      });
      expect([type, sent.status, sent.body.code]).toEqual([type, 413, 'media_too_large']);
    }
  });

  it('opens nothing to other sites', async () => {
    const { headers } = await anybody.call('OPTIONS', '/api/v1/jobs', {
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('opens the API to the pages of the sites that an admin named, and to no others', async () => {
    const open = await startService({ CORS_ORIGINS: 'https://app.example.org' });
    const from = async (origin: string, method: string, path: string) =>
      (
        await new ApiClient(open.url).call(method, path, {
          headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
        })
      ).headers;
    for (const method of ['OPTIONS', 'GET']) {
      const allowed = await from('https://app.example.org', method, '/api/v1/jobs');
      expect(allowed.get('access-control-allow-origin')).toBe('https://app.example.org');
      expect(allowed.get('access-control-allow-credentials')).toBeNull();
      for (const origin of [
        'https://evil.example',
        'null',
        'http://app.example.org',
        'https://app.example.org.evil.example',
      ])
        expect((await from(origin, method, '/api/v1/jobs')).get('access-control-allow-origin')).toBeNull();
    }
    await open.close();
  });
});
