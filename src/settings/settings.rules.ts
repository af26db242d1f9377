import { SettingName, SettingValues } from './settings.schema';
import { summaryRules, summaryWarnings } from './summaries';

/** A rule over several settings that does not hold, told at the setting that should change. */
export interface BrokenRule {
  name: SettingName;
  problem: string;
}

/** What one setting asks of another. */
export function brokenRules(values: SettingValues): BrokenRule[] {
  return [
    ...processRules(values),
    ...slackRules(values),
    ...storageRules(values),
    ...openaiRules(values),
    ...tokenRules(values),
    ...oidcRules(values),
    ...summaryRules(values),
  ];
}

/** What works, but an admin should know. */
export function settingWarnings(values: SettingValues): string[] {
  const warnings: string[] = [];
  if (values.REDIS_URL !== undefined && !values.DATABASE_URL?.startsWith('postgresql:')) {
    warnings.push(
      'REDIS_URL is set with an SQLite database: all processes must run on this machine. Set DATABASE_URL to a PostgreSQL database to use several machines.',
    );
  }
  if (needsSharedUploads(values)) {
    warnings.push(
      'Uploads are kept in DATA_DIR, where a process on another machine cannot read them. Set UPLOADS_URL to a shared folder or to object storage, unless all processes share this DATA_DIR.',
    );
  }
  if (
    values.UPLOADS_URL?.kind !== 'bucket' &&
    (values.S3_ENDPOINT ?? values.S3_ACCESS_KEY_ID) !== undefined
  ) {
    warnings.push(
      'Settings that begin with S3_ have no effect as long as UPLOADS_URL is not s3://<bucket>/<prefix>.',
    );
  }
  if (values.OPENAI_BASE_URL !== undefined && !values.TRANSCRIBERS.includes('openai')) {
    warnings.push('OPENAI_BASE_URL is set, but TRANSCRIBERS does not name openai: nothing is sent there.');
  }
  for (const name of ['ADMIN_TOKEN', 'VIEWER_TOKEN'] as const) {
    if ((values[name]?.length ?? 16) < 16) {
      warnings.push(`${name} is short and could be guessed: 16 random characters or more are safe.`);
    }
  }
  return [...warnings, ...summaryWarnings(values)];
}

function* processRules({ ROLES, REDIS_URL }: SettingValues): Iterable<BrokenRule> {
  if (ROLES.length < 3 && REDIS_URL === undefined) {
    yield {
      name: 'REDIS_URL',
      problem:
        'is needed when ROLES does not name all of api, bot and worker: without it the whole service is one process',
    };
  }
}

/** One of the processes takes files in, another reads them, and nothing says that both see the same folder. */
function needsSharedUploads({ UPLOADS_URL, DATABASE_URL, ROLES }: SettingValues): boolean {
  const apart = ROLES.includes('api') !== ROLES.includes('worker');
  return UPLOADS_URL === undefined && apart && DATABASE_URL?.startsWith('postgresql:') === true;
}

function* storageRules(values: SettingValues): Iterable<BrokenRule> {
  if (values.UPLOADS_URL?.kind !== 'bucket') return;
  const { S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_SESSION_TOKEN } = values;
  if (S3_SECRET_ACCESS_KEY === undefined && (S3_ACCESS_KEY_ID ?? S3_SESSION_TOKEN) !== undefined) {
    yield { name: 'S3_SECRET_ACCESS_KEY', problem: 'is needed with S3_ACCESS_KEY_ID and S3_SESSION_TOKEN' };
  }
  if (S3_ACCESS_KEY_ID === undefined && S3_SECRET_ACCESS_KEY !== undefined) {
    yield { name: 'S3_ACCESS_KEY_ID', problem: 'is needed with S3_SECRET_ACCESS_KEY' };
  }
}

function* slackRules(values: SettingValues): Iterable<BrokenRule> {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = values;
  const receives = SLACK_APP_TOKEN !== undefined || SLACK_SIGNING_SECRET !== undefined;
  if (SLACK_BOT_TOKEN !== undefined && !receives) {
    yield {
      name: 'SLACK_APP_TOKEN',
      problem:
        'or SLACK_SIGNING_SECRET is needed with SLACK_BOT_TOKEN: the first for Socket Mode, the second for HTTP',
    };
  }
  if (SLACK_BOT_TOKEN === undefined && receives) {
    yield { name: 'SLACK_BOT_TOKEN', problem: 'is needed with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET' };
  }
}

function* openaiRules(values: SettingValues): Iterable<BrokenRule> {
  if (!values.TRANSCRIBERS.includes('openai')) return;
  for (const name of ['OPENAI_BASE_URL', 'OPENAI_MODEL'] as const) {
    if (values[name] === undefined) yield { name, problem: 'is needed when TRANSCRIBERS names openai' };
  }
}

function* tokenRules({ ADMIN_TOKEN, VIEWER_TOKEN }: SettingValues): Iterable<BrokenRule> {
  if (ADMIN_TOKEN !== undefined && ADMIN_TOKEN === VIEWER_TOKEN) {
    yield { name: 'VIEWER_TOKEN', problem: 'must not be the same as ADMIN_TOKEN' };
  }
}

function* oidcRules(values: SettingValues): Iterable<BrokenRule> {
  const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_ADMIN_ROLE, OIDC_VIEWER_ROLE } = values;
  if (OIDC_ISSUER !== undefined && OIDC_AUDIENCE === undefined) {
    yield {
      name: 'OIDC_AUDIENCE',
      problem: 'is needed with OIDC_ISSUER: without it the tokens for any other service would open this one',
    };
  }
  if (OIDC_ISSUER === undefined && OIDC_AUDIENCE !== undefined) {
    yield { name: 'OIDC_ISSUER', problem: 'is needed with OIDC_AUDIENCE' };
  }
  if (OIDC_ADMIN_ROLE === OIDC_VIEWER_ROLE) {
    yield { name: 'OIDC_VIEWER_ROLE', problem: 'must not be the same as OIDC_ADMIN_ROLE' };
  }
}
