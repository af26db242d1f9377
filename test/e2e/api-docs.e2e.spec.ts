import { OpenAPIObject } from '@nestjs/swagger';
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
        'get /api/v1/jobs',
        'get /api/v1/jobs/{id}',
        'get /api/v1/jobs/{id}/events',
        'get /api/v1/jobs/{id}/transcript',
        'get /api/v1/stats',
        'post /api/v1/jobs/{id}/cancel',
        'post /api/v1/jobs/{id}/retry',
        'post /api/v1/transcriptions',
      ]),
    );
    for (const { name, call } of calls.filter(({ name }) => name.includes('/api/v1/'))) {
      const statuses = Object.keys(call.responses);
      expect([name, call.summary]).toEqual([name, expect.stringMatching(/\w/)]);
      expect([name, call.security]).toEqual([name, [{ bearer: [] }]]);
      expect([name, statuses]).toEqual([name, expect.arrayContaining(['401', '429', '500'])]);
      expect([name, statuses.some((status) => status.startsWith('2'))]).toEqual([name, true]);
      for (const [status, { content }] of Object.entries(call.responses)) {
        if (Number(status) >= 400)
          expect([name, Object.keys(content ?? {})]).toEqual([name, ['application/problem+json']]);
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
      expect.arrayContaining(['database', 'queue', 'engine', 'model', 'decoder']),
    );
    expect((await anybody.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
  });

  it('opens nothing to other sites', async () => {
    const { headers } = await anybody.call('OPTIONS', '/api/v1/jobs', {
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
