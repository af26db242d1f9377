import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { harkEnvironment } from '../support/hark-environment';
import { NOTES } from '../support/notes';

const AUDIO = join(__dirname, '..', 'support', 'audio');

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

describe('the hark command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hark-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const hark = (args: string[], variables: Record<string, string> = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const env = {
        ...harkEnvironment(),
        DATA_DIR: join(folder, 'data'),
        WHISPER_MODEL: 'demo',
        TMPDIR: folder,
        ...variables,
      };
      execFile(
        process.execPath,
        [absolute('dist/cli/hark.js'), ...args],
        { cwd: folder, env },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  it('transcribes every sample note word for word', async () => {
    for (const { file, text } of NOTES) {
      expect(await hark(['transcribe', join(AUDIO, file)])).toMatchObject({ code: 0, stdout: `${text}\n` });
    }
  }, 240_000);

  it('translates, and writes subtitles into a file', async () => {
    const output = join(folder, 'note.srt');
    const german = join(AUDIO, '03-de.ogg');
    expect(
      await hark(['transcribe', german, '--translate', '--format', 'srt', '--output', output]),
    ).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(output, 'utf8')).toMatch(
      /^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\nThank you Peter, I am at the\sstation\.\n/,
    );
  }, 60_000);

  it.each([
    ['an empty file', 65, 'empty.ogg', ''],
    ['a web page', 65, 'note.ogg', '<!doctype html><html><body>Sign in</body></html>'],
    ['no media at all', 65, 'note.txt', 'Just some words that nobody ever spoke, and enough of them.'],
  ])(
    'says in one sentence what is wrong with %s',
    async (_, code, name, content) => {
      const ended = await hark(['transcribe', await file(name, content)]);
      expect(ended).toMatchObject({ code, stdout: '' });
      expect(sentences(ended)).toHaveLength(1);
    },
    60_000,
  );

  it('tells a link that leads nowhere from a file that is not there', async () => {
    const unreachable = await hark(['transcribe', 'http://127.0.0.1:9/note.ogg'], {
      MEDIA_ALLOW_HOSTS: '127.0.0.1:9',
    });
    expect(unreachable.code).toBe(69);
    expect(sentences(unreachable)).toHaveLength(1);
    expect(await hark(['transcribe', join(folder, 'nowhere.ogg')])).toMatchObject({ code: 65 });
  }, 120_000);

  it('refuses links to private addresses', async () => {
    const ended = await hark(['transcribe', 'http://127.0.0.1:9/note.ogg']);
    expect(ended.code).toBe(65);
  }, 60_000);

  it.each([
    ['an unknown language', ['transcribe', join(AUDIO, '01-en.ogg'), '--language', 'klingonese']],
    ['an unknown format', ['transcribe', join(AUDIO, '01-en.ogg'), '--format', 'docx']],
    ['an unknown command', ['listen']],
    ['a missing argument', ['transcribe']],
  ])(
    'exits with 2 for %s',
    async (_, args) => {
      expect((await hark(args)).code).toBe(2);
    },
    60_000,
  );

  it('names a wrong setting and exits with 78', async () => {
    const ended = await hark(['start'], { PORT: 'eighty' });
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('PORT');
    expect(ended.stderr).toContain('Example: PORT=');
  });

  it('says that its port is taken, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const ended = await hark(['start'], { PORT: String(port), LOG_LEVEL: 'silent' });
    other.close();
    expect(ended.code).toBe(69);
    expect(ended.stderr).toContain(`hark cannot listen on 127.0.0.1:${port}.`);
  }, 60_000);

  it('lists models, and says that none is there to verify', async () => {
    const { stdout } = await hark(['models', 'list']);
    expect(stdout).toMatch(/^base-q8_0 +\d+ MiB +-$/m);
    expect(stdout).toMatch(/^demo .*150 words/m);
    expect(await hark(['models', 'verify'])).toMatchObject({ code: 0 });
  }, 60_000);

  it('checks every part', async () => {
    const { code, stdout } = await hark(['doctor']);
    expect(code).toBe(0);
    for (const part of ['settings', 'database', 'queue', 'engine', 'model', 'decoder']) {
      expect(stdout).toMatch(new RegExp(`^[✓!-] ${part} `, 'm'));
    }
    const broken = await hark(['doctor'], { WHISPER_MODEL: join(folder, 'missing.bin') });
    expect(broken).toMatchObject({ code: 1 });
    expect(broken.stdout).toMatch(/^✗ model .*\n +→ /m);
  }, 60_000);

  it('leaves nothing behind', async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith('hark-'))).toEqual([]);
    expect(await readdir(join(folder, 'data'))).not.toContain('uploads');
  });
});

/** What a person reads of an error: the progress bar does not count. */
function sentences({ stderr }: Ended): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !line.startsWith('transcribing'));
}
