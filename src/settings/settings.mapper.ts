import { resolve } from 'node:path';
import { conceal } from './concealment';
import { physicalCores } from './physical-cores';
import { ObjectStorage, QuotaSettings, Settings } from './settings';
import { SettingValues } from './settings.schema';
import { summariesOf } from './summaries';
import { TracingSettings } from './tracing';

/** The settings as the rest of hark knows them; relative paths are taken from `cwd`. */
export function toSettings(
  values: SettingValues,
  cwd: string,
  { searchPath, tracing }: { searchPath?: string; tracing?: TracingSettings } = {},
): Settings {
  const dataDir = resolve(cwd, values.DATA_DIR);
  return conceal<Settings>(
    {
      host: values.HOST,
      port: values.PORT,
      roles: new Set(values.ROLES),
      dataDir,
      scratchDir: dataDir,
      searchPath,
      uploads: uploadsOf(values),
      databaseUrl: databaseUrl(values.DATABASE_URL ?? `sqlite:${resolve(dataDir, 'hark.sqlite')}`, cwd),
      databasePoolSize: values.DATABASE_POOL_SIZE,
      redisUrl: values.REDIS_URL,
      adminToken: values.ADMIN_TOKEN,
      viewerToken: values.VIEWER_TOKEN,
      secretsKey: values.SECRETS_KEY,
      oidc: oidcOf(values),
      corsOrigins: values.CORS_ORIGINS ?? [],
      trustedProxies: values.TRUSTED_PROXIES ?? [],
      auditDays: values.AUDIT_DAYS,
      discord: discordOf(values),
      slack: slackOf(values),
      whisper: conceal({
        model: values.WHISPER_MODEL,
        modelBaseUrl: values.WHISPER_MODEL_BASE_URL,
        modelSha256: values.WHISPER_MODEL_SHA256,
        serverUrl: values.WHISPER_SERVER_URL,
        serverBin: values.WHISPER_SERVER_BIN,
        threads: values.WHISPER_THREADS ?? physicalCores(),
      }),
      transcribers: values.TRANSCRIBERS,
      openai: openaiOf(values),
      draftModel: draftModelOf(values),
      summaries: summariesOf(values),
      media: {
        maxBytes: values.MAX_MEDIA_BYTES,
        maxSeconds: values.MAX_MEDIA_SECONDS,
        allowHosts: values.MEDIA_ALLOW_HOSTS ?? [],
      },
      sites: sitesOf(values),
      quota: quotaOf(values, 'RATE_LIMIT'),
      placeQuota: {
        channel: quotaOf(values, 'RATE_LIMIT_CHANNEL'),
        server: quotaOf(values, 'RATE_LIMIT_SERVER'),
      },
      liveSessions: values.LIVE_SESSIONS,
      features: values.FEATURES ?? new Map(),
      retentionDays: values.RETENTION_DAYS,
      keepAudioDays: values.KEEP_AUDIO_DAYS,
      reuseDays: values.REUSE_DAYS,
      tracing,
      sentry: sentryOf(values),
      metricsOpen: values.METRICS_OPEN,
      log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
    },
    ['adminToken', 'viewerToken', 'secretsKey'],
  );
}

/** A server that somebody else runs has one model, and another service has none of ours. */
function draftModelOf({ DRAFT_MODEL: model, ...values }: SettingValues): string | undefined {
  const own = values.TRANSCRIBERS[0] === 'whisper-cpp' && values.WHISPER_SERVER_URL === undefined;
  return own && model !== values.WHISPER_MODEL ? model : undefined;
}

function sentryOf({ SENTRY_DSN: dsn, SENTRY_ENVIRONMENT: environment }: SettingValues): Settings['sentry'] {
  return dsn === undefined ? undefined : { dsn, environment };
}

function databaseUrl(url: string, cwd: string): string {
  return url.startsWith('sqlite:') ? `sqlite:${resolve(cwd, url.slice('sqlite:'.length))}` : url;
}

function uploadsOf(values: SettingValues): Settings['uploads'] {
  const { UPLOADS_URL: place, S3_ENDPOINT: endpoint } = values;
  if (place?.kind !== 'bucket') return place;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const storage: ObjectStorage = {
    ...place,
    endpoint,
    // Others than Amazon mostly have one region, but every request must name one.
    region: values.S3_REGION ?? (endpoint === undefined ? undefined : 'us-east-1'),
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, sessionToken: values.S3_SESSION_TOKEN },
    pathStyle: values.S3_FORCE_PATH_STYLE ?? endpoint !== undefined,
  };
  return conceal(storage, ['credentials']);
}

function oidcOf(values: SettingValues): Settings['oidc'] {
  if (values.OIDC_ISSUER === undefined || values.OIDC_AUDIENCE === undefined) return undefined;
  return {
    issuer: values.OIDC_ISSUER,
    audience: values.OIDC_AUDIENCE,
    rolesClaim: values.OIDC_ROLES_CLAIM,
    adminRole: values.OIDC_ADMIN_ROLE,
    viewerRole: values.OIDC_VIEWER_ROLE,
  };
}

function quotaOf(
  values: SettingValues,
  of: 'RATE_LIMIT' | 'RATE_LIMIT_CHANNEL' | 'RATE_LIMIT_SERVER',
): QuotaSettings {
  return {
    jobsPerHour: values[`${of}_JOBS_PER_HOUR`],
    audioMinutesPerDay: values[`${of}_AUDIO_MINUTES_PER_DAY`],
    activeJobs: values[`${of}_ACTIVE_JOBS`],
  };
}

/** Also a feature that can be switched off, as others can. */
function sitesOf({ YT_DLP, YT_DLP_SITES, FEATURES }: SettingValues): Settings['sites'] {
  if (YT_DLP === 'off' || FEATURES?.get('site-links') === false) return undefined;
  return { program: YT_DLP === 'on' ? 'yt-dlp' : YT_DLP, hosts: YT_DLP_SITES };
}

function discordOf(values: SettingValues): Settings['discord'] {
  if (values.DISCORD_TOKEN === undefined) return undefined;
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_VOICE: voice } = values;
  return conceal({ token, apiUrl, voice }, ['token']);
}

function slackOf(values: SettingValues): Settings['slack'] {
  if (values.SLACK_BOT_TOKEN === undefined) return undefined;
  const slack: NonNullable<Settings['slack']> = {
    botToken: values.SLACK_BOT_TOKEN,
    appToken: values.SLACK_APP_TOKEN,
    signingSecret: values.SLACK_SIGNING_SECRET,
    apiUrl: values.SLACK_API_URL,
  };
  return conceal(slack, ['botToken', 'appToken', 'signingSecret']);
}

function openaiOf(values: SettingValues): Settings['openai'] {
  if (values.OPENAI_BASE_URL === undefined || values.OPENAI_MODEL === undefined) return undefined;
  const openai: NonNullable<Settings['openai']> = {
    baseUrl: values.OPENAI_BASE_URL,
    apiKey: values.OPENAI_API_KEY,
    model: values.OPENAI_MODEL,
  };
  return conceal(openai, ['apiKey']);
}
