import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ProblemView } from '../../src/api/problems/problem.view';
import { ErrorCode } from '../../src/core/errors';
import { ApiClient, Answer } from '../support/api-client';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

const AUDIO = join(__dirname, '../support/audio');
const NOTE = readFileSync(join(AUDIO, '01-en.ogg'));
const WAV = readFileSync(join(AUDIO, '13-en.wav'));
const PAGE = Buffer.from(
  '<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>',
);
const MAX_BYTES = 1024 * 1024;
const MAX_SECONDS = 30;

interface Case {
  what: string;
  name?: string;
  content: () => Buffer;
  fields?: Record<string, string>;
  code: ErrorCode;
}

/** What the request itself shows. */
const REFUSED: (Case & { status: number })[] = [
  { what: 'an empty file', content: () => Buffer.alloc(0), code: 'media_empty', status: 400 },
  { what: 'a web page', content: () => PAGE, code: 'media_is_html', status: 415 },
  {
    what: 'a text',
    content: () => Buffer.from('Dear Sir or Madam, '.repeat(50)),
    code: 'media_unsupported',
    status: 415,
  },
  {
    what: 'a picture',
    content: () =>
      made('-f', 'lavfi', '-i', 'color=red:s=16x16', '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png'),
    code: 'media_unsupported',
    status: 415,
  },
  {
    what: 'too large a file',
    content: () => Buffer.concat([WAV, Buffer.alloc(MAX_BYTES)]),
    code: 'media_too_large',
    status: 413,
  },
  {
    what: 'an unknown language',
    content: () => NOTE,
    fields: { language: 'klingon' },
    code: 'language_unknown',
    status: 400,
  },
  {
    what: 'half a wish for translation',
    content: () => NOTE,
    fields: { translate: 'perhaps' },
    code: 'field_invalid',
    status: 400,
  },
  {
    what: 'an unknown field',
    content: () => NOTE,
    fields: { speed: '2' },
    code: 'field_invalid',
    status: 400,
  },
  {
    what: 'a novel as a prompt',
    content: () => NOTE,
    fields: { prompt: 'x'.repeat(1001) },
    code: 'field_invalid',
    status: 400,
  },
];

/** What only decoding shows. */
const FAILED: Case[] = [
  { what: 'a truncated file', content: () => NOTE.subarray(0, NOTE.length / 2), code: 'media_truncated' },
  {
    what: '10 milliseconds',
    name: 'blip.wav',
    content: () => made('-f', 'lavfi', '-i', 'sine=d=0.01:r=16000', '-f', 'wav'),
    code: 'media_too_short',
  },
  {
    what: 'a video without sound',
    name: 'mute.mp4',
    content: () =>
      made('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'),
    code: 'media_no_audio',
  },
  {
    what: 'a header that claims hours',
    name: 'liar.wav',
    content: () => claimingHours(),
    code: 'media_duration_mismatch',
  },
  {
    what: 'too long a recording',
    content: () =>
      made(
        '-f',
        'lavfi',
        '-i',
        `sine=d=${MAX_SECONDS + 30}:r=48000`,
        '-c:a',
        'libopus',
        '-b:a',
        '16k',
        '-f',
        'ogg',
      ),
    code: 'media_too_long',
  },
  {
    what: 'rubbish behind a right beginning',
    content: () => Buffer.concat([NOTE.subarray(0, 200), Buffer.alloc(5_000, 0x5a)]),
    code: 'media_decode_failed',
  },
];

describe('bad input', () => {
  let service: RunningService;
  let api: ApiClient;
  const web = createServer((request, response) => {
    if (request.url === '/page') response.setHeader('Content-Type', 'audio/ogg').end(PAGE);
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

  it.each(REFUSED)(
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

  it.each(FAILED)('ends the job of $what with $code', async ({ name = 'note.ogg', content, code }) => {
    const { status, body } = await api.upload({ name, content: content() });
    expect(status).toBe(202);
    await expectFailed(body.id, code);
  });

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

function expectProblem(
  { status, headers, body }: Answer<ProblemView>,
  expected: number,
  code: ErrorCode,
): void {
  expect({ status, code: body.code, type: headers.get('content-type') }).toEqual({
    status: expected,
    code,
    type: 'application/problem+json; charset=utf-8',
  });
  expect(body).toMatchObject({
    status,
    type: `urn:hark:problem:${code}`,
    title: expect.stringMatching(/^[A-Z]/),
  });
  expectOneSentence(body.detail);
}

/** For people, without a stack, a path or a class name. */
function expectOneSentence(text: string | undefined): void {
  expect(text).toMatch(/^\p{Lu}?.*\.$/u);
  expect(text).not.toMatch(/\n|Error|node_modules|\/tmp\/|\/uploads\/|undefined|\[object/);
}

function made(...args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', ...args, 'pipe:1']);
}

/** A WAV of two seconds whose header speaks of hours. */
function claimingHours(): Buffer {
  const lying = Buffer.from(WAV);
  const data = lying.indexOf('data');
  lying.writeUInt32LE(0x7000_0000, 4);
  lying.writeUInt32LE(0x7000_0000, data + 4);
  return lying;
}
