import { loadSettings, loadSettingsAndWarnings } from './load-settings';
import { secretsOf } from './secrets';
import { Settings } from './settings';
import { SettingsError } from './settings-error';

const load = (env: NodeJS.ProcessEnv): Settings => loadSettings({ NODE_ENV: 'test', ...env });
const uploads = (env: NodeJS.ProcessEnv): Settings['uploads'] => load(env).uploads;
const BUCKET = { UPLOADS_URL: 's3://notes/hark' };

describe('the place of uploads', () => {
  it('is the data folder unless it is named', () => {
    expect(uploads({})).toBeUndefined();
    expect(uploads({ UPLOADS_URL: 'file:///mnt/share%20d/uploads' })).toEqual({
      kind: 'folder',
      path: '/mnt/share d/uploads',
    });
    expect(uploads({ UPLOADS_URL: 's3://notes' })).toMatchObject({ bucket: 'notes', prefix: '' });
    expect(uploads({ UPLOADS_URL: 's3://My_Notes.eu/a/b/' })).toMatchObject({
      bucket: 'My_Notes.eu',
      prefix: 'a/b/',
    });
  });

  it.each([
    '/mnt/share',
    'file://nas/share',
    'file:///',
    'file:///a%2Fb',
    's3://',
    's3://x',
    's3:notes',
    's3://key:hush-hush@notes/x',
    's3://notes:9000/x',
    's3://notes/../x',
    's3://notes//x',
    's3://notes/x?y=hush-hush',
    's3://notes/a b',
    'https://notes.s3.amazonaws.com',
  ])('cannot be %s', (UPLOADS_URL) => {
    expect(() => uploads({ UPLOADS_URL })).toThrow(SettingsError);
    expect(() => uploads({ UPLOADS_URL })).toThrow(/UPLOADS_URL must be file:/);
    expect(() => uploads({ UPLOADS_URL })).not.toThrow(/hush-hush/);
  });

  it('is reached as Amazon’s own, or at an address with its ways', () => {
    expect(uploads(BUCKET)).toEqual({
      kind: 'bucket',
      bucket: 'notes',
      prefix: 'hark/',
      endpoint: undefined,
      region: undefined,
      credentials: undefined,
      pathStyle: false,
    });
    expect(uploads({ ...BUCKET, S3_ENDPOINT: 'https://s3.test/' })).toMatchObject({
      endpoint: 'https://s3.test',
      region: 'us-east-1',
      pathStyle: true,
    });
    const chosen = { S3_ENDPOINT: 'https://s3.test', S3_REGION: 'fr-par', S3_FORCE_PATH_STYLE: 'false' };
    expect(uploads({ ...BUCKET, ...chosen })).toMatchObject({ region: 'fr-par', pathStyle: false });
  });

  it('takes the standard names where its own are not set', () => {
    const standard = {
      AWS_ENDPOINT_URL: 'https://all.test',
      AWS_DEFAULT_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'standard-id',
      AWS_SECRET_ACCESS_KEY: 'standard-secret',
      AWS_SESSION_TOKEN: 'standard-session',
    };
    expect(uploads({ ...BUCKET, ...standard })).toMatchObject({
      endpoint: 'https://all.test',
      region: 'eu-west-3',
      credentials: {
        accessKeyId: 'standard-id',
        secretAccessKey: 'standard-secret',
        sessionToken: 'standard-session',
      },
    });
    const nearer = { AWS_ENDPOINT_URL_S3: 'https://s3.test', AWS_REGION: 'eu-west-1' };
    expect(uploads({ ...BUCKET, ...standard, ...nearer })).toMatchObject({
      endpoint: 'https://s3.test',
      region: 'eu-west-1',
    });
    expect(uploads({ ...standard, UPLOADS_URL: 'file:///mnt/share' })).not.toHaveProperty('credentials');
  });

  it('never mixes credentials of two accounts', () => {
    const standard = {
      AWS_ACCESS_KEY_ID: 'standard-id',
      AWS_SECRET_ACCESS_KEY: 'standard-secret',
      AWS_SESSION_TOKEN: 'standard-session',
    };
    const own = { S3_ACCESS_KEY_ID: 'own-id', S3_SECRET_ACCESS_KEY: 'own-secret' };
    expect(uploads({ ...BUCKET, ...standard, ...own })).toMatchObject({
      credentials: { accessKeyId: 'own-id', secretAccessKey: 'own-secret', sessionToken: undefined },
    });
    expect(() => uploads({ ...BUCKET, ...standard, S3_ACCESS_KEY_ID: 'own-id' })).toThrow(
      /S3_SECRET_ACCESS_KEY is needed/,
    );
    expect(() => uploads({ ...BUCKET, S3_SECRET_ACCESS_KEY: 'own-secret' })).toThrow(
      /S3_ACCESS_KEY_ID is needed/,
    );
    expect(uploads({ ...BUCKET, ...standard, AWS_PROFILE: 'work' })).toMatchObject({
      credentials: undefined,
    });
  });

  it('never shows its secrets', () => {
    const settings = load({
      ...BUCKET,
      S3_ENDPOINT: 'https://user:hidden-word@s3.test',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'hidden-secret',
      S3_SESSION_TOKEN: 'hidden-session',
    });
    expect(JSON.stringify(settings)).not.toContain('hidden');
    expect(secretsOf(settings)).toEqual(
      expect.arrayContaining(['hidden-secret', 'hidden-session', 'hidden-word']),
    );
  });

  it('is warned of where files would stay on one of several machines', () => {
    const warnings = (env: NodeJS.ProcessEnv): readonly string[] =>
      loadSettingsAndWarnings({ NODE_ENV: 'test', ...env }).warnings;
    const apart = { REDIS_URL: 'redis://r', DATABASE_URL: 'postgresql://db/hark', ROLES: 'api,bot' };
    expect(warnings(apart)).toEqual([expect.stringContaining('UPLOADS_URL')]);
    expect(warnings({ ...apart, ROLES: 'bot' })).toEqual([]);
    expect(warnings({ ...apart, ROLES: 'api,worker' })).toEqual([]);
    expect(warnings({ ...apart, UPLOADS_URL: 'file:///mnt/share' })).toEqual([]);
    expect(warnings({ S3_ENDPOINT: 'https://s3.test' })).toEqual([expect.stringContaining('no effect')]);
    expect(warnings({ AWS_ACCESS_KEY_ID: 'x', AWS_REGION: 'y' })).toEqual([]);
  });
});
