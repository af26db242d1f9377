import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { ProblemView } from '../../src/api/problems/problem.view';
import { ErrorCode } from '../../src/core/errors';
import { ApiClient } from '../support/api-client';
import { FAILING_UPLOADS, MAX_BYTES, MAX_SECONDS, WEB_PAGE, REFUSED_UPLOADS } from '../support/bad-uploads';
import { noteBytes } from '../support/broken-media';
import { NOTES } from '../support/notes';
import { expectOneSentence, expectProblem } from '../support/problem-answers';
import { RunningService, startService } from '../support/service-in-process';

const NOTE = noteBytes('01-en.ogg');
const WAV = noteBytes('13-en.wav');

describe('bad input', () => {
  let service: RunningService;
  let api: ApiClient;
  const web = createServer((request, response) => {
    if (request.url === '/page') response.setHeader('Content-Type', 'audio/ogg').end(WEB_PAGE);
    else if (request.url === '/large') response.end(Buffer.concat([WAV, Buffer.alloc(2 * MAX_BYTES)]));
    else if (request.url === '/note') response.end(NOTE);
    else response.writeHead(404).end('nothing here');
  });
  const linkTo = (path: string) => `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`;

  beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    service = await startService({
      MAX_MEDIA_BYTES: '1MiB',
      MAX_MEDIA_SECONDS: String(MAX_SECONDS),
      MEDIA_ALLOW_HOSTS: `127.0.0.1:${(web.address() as AddressInfo).port},127.0.0.1:9`,
    });
    api = new ApiClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await new Promise((resolve) => web.close(resolve));
  });
  afterEach(() => service.cleared());

  it.each(REFUSED_UPLOADS)(
    'refuses $what: $status $code',
    async ({ name = 'note.ogg', content, fields, code, status }) => {
      const answer = await api.upload<ProblemView>({ name, content: content() }, fields);
      expectProblem(answer, status, code);
      expect(await service.temporaryFiles()).toEqual([]);
    },
  );

  it('refuses too large a file of which nobody said how large it is', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
    const body = Buffer.concat([
      Buffer.from(head),
      WAV,
      Buffer.alloc(3 * MAX_BYTES),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const answer = await api.post<ProblemView>('/transcriptions', {
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expectProblem(answer, 413, 'media_too_large');
  });

  it.each([
    [
      'two files',
      (form: FormData) => (
        form.append('file', new File([NOTE], 'a.ogg')),
        form.append('file', new File([NOTE], 'b.ogg'))
      ),
    ],
    ['a file in another field', (form: FormData) => form.append('audio', new File([NOTE], 'a.ogg'))],
    ['a text instead of a file', (form: FormData) => form.append('file', 'a.ogg')],
    ['no file at all', (form: FormData) => form.append('language', 'en')],
    [
      'a file and a link',
      (form: FormData) => (
        form.append('file', new File([NOTE], 'a.ogg')),
        form.append('url', linkTo('/note'))
      ),
    ],
    ['too many fields', (form: FormData) => Array.from({ length: 30 }, (_, n) => form.append(`f${n}`, 'x'))],
  ])('refuses a form with %s', async (_, fill) => {
    const body = new FormData();
    fill(body);
    expectProblem(await api.post<ProblemView>('/transcriptions', { body }), 400, 'field_invalid');
    expect(await service.temporaryFiles()).toEqual([]);
  });

  it.each([
    ['half an object', '{"url":', 400, 'json_malformed'],
    ['a bare text', '"https://example.org/a.ogg"', 400, 'json_malformed'],
    ['a list', '[]', 400, 'field_invalid'],
    ['nothing', '{}', 400, 'field_invalid'],
    ['a number for a link', '{"url":7}', 400, 'field_invalid'],
    ['what is no link', '{"url":"not a link"}', 400, 'link_invalid'],
    ['a file link', '{"url":"file:///etc/passwd"}', 400, 'link_invalid'],
    ['a link into the own network', '{"url":"http://127.0.0.1:1/a.ogg"}', 422, 'link_refused'],
    ['a link to the metadata service', '{"url":"http://169.254.169.254/latest"}', 422, 'link_refused'],
    ['far too much', JSON.stringify({ url: 'x'.repeat(70_000) }), 413, 'media_too_large'],
  ] as const)('refuses JSON with %s', async (_, body, status, code) => {
    expectProblem(await api.link<ProblemView>(body), status, code);
  });

  it.each(FAILING_UPLOADS)(
    'ends the job of $what with $code',
    async ({ name = 'note.ogg', content, code }) => {
      const { status, body } = await api.upload({ name, content: content() });
      expect(status).toBe(202);
      await expectFailed(body.id, code);
    },
  );

  it.each([
    ['/missing', 'link_not_found'],
    ['/page', 'media_is_html'],
    ['/large', 'media_too_large'],
  ] as const)('ends the job of a link to %s with %s', async (path, code) => {
    const { status, body } = await api.link({ url: linkTo(path) });
    expect(status).toBe(202);
    await expectFailed(body.id, code);
  });

  it('ends the job of a link that nobody answers, after some attempts', async () => {
    const { status, body } = await api.link({ url: 'http://127.0.0.1:9/note.ogg' });
    expect(status).toBe(202);
    await expectFailed(body.id, 'link_unreachable');
    expect((await api.get(`/jobs/${body.id}`)).body.attempts).toBeGreaterThan(1);
  }, 120_000);

  it('goes by the bytes, not by the name', async () => {
    for (const name of ['note.mp3', 'note.txt', 'note']) {
      const { body } = await api.upload({ name, content: NOTE });
      expect(await api.ended(body.id)).toMatchObject({ status: 'done', text: NOTES[0]?.text });
    }
    const { body } = await api.link({ url: linkTo('/note') });
    expect(await api.ended(body.id)).toMatchObject({ status: 'done', text: NOTES[0]?.text });
  });

  it('is a problem document at any address, with any method', async () => {
    expectProblem(await api.call<ProblemView>('GET', '/api/v1/nothing'), 404, 'not_found');
    expectProblem(await api.call<ProblemView>('PATCH', '/api/v1/jobs'), 404, 'not_found');
    expectProblem(await api.call<ProblemView>('GET', '/nothing'), 404, 'not_found');
    expectProblem(await api.call<ProblemView>('GET', '/api/v1/%FF'), 404, 'not_found');
    expectProblem(await api.as(null).get<ProblemView>('/jobs'), 401, 'unauthorized');
    expectProblem(await api.as('wrong').post<ProblemView>('/transcriptions'), 401, 'unauthorized');
  });

  async function expectFailed(id: string, code: ErrorCode): Promise<void> {
    const job = await api.ended(id);
    expect({ status: job.status, code: job.error?.code }).toEqual({ status: 'failed', code });
    expectOneSentence(job.error?.message);
  }
});
