import { z } from 'zod';
import {
  databaseAddress,
  hostAndPort,
  issuerAddress,
  listenHost,
  network,
  redisAddress,
  reportAddress,
  webAddress,
  webAddressWithSlash,
  webOrigin,
} from './addresses';
import { featureSwitches } from './feature-switches';
import { lengthInSeconds, sizeInBytes } from './quantities';
import { ROLES } from './settings';
import { siteName, switchOrProgram, USUAL_SITES } from './sites';
import { uploadsPlace } from './uploads-place';
import { listOf, matching, oneOf, optionalSetting, setting, wholeNumber, yesOrNo } from './setting-types';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const TRANSCRIBERS = ['whisper-cpp', 'openai'] as const;
const SUMMARIZERS = ['openai', 'anthropic', 'demo'] as const;

const count = wholeNumber(0, 1_000_000);
const text = matching(/\S/, 'must not be blank');
const token = matching(/^\S+$/, 'must be a token without blanks, and without "Bot" or "Bearer" before it');
const choicesOf = <T extends string>(choices: readonly T[]) =>
  listOf(`must be a comma-separated list of ${choices.join(', ')}`, (part) =>
    choices.find((choice) => choice === part.toLowerCase()),
  );

/**
 * Every setting by its name in the environment. Defaults and examples are texts as in `config/.env.example`, which
 * explains each of them.
 */
export const settingsSchema = z.object({
  NODE_ENV: setting(oneOf(['production', 'development', 'test']), {
    default: 'production',
    example: 'production',
  }),
  HOST: setting(listenHost, { default: '127.0.0.1', example: '0.0.0.0' }),
  PORT: setting(wholeNumber(0, 65_535), { default: '3000', example: '3000' }),
  ROLES: setting(choicesOf(ROLES), { default: ROLES.join(','), example: ROLES.join(',') }),
  DATA_DIR: setting(text, { default: './data', example: '/var/lib/hark' }),
  DATABASE_URL: optionalSetting(databaseAddress, {
    example: 'postgresql://hark:password@localhost:5432/hark',
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting(wholeNumber(1, 1000), { default: '10', example: '10' }),
  REDIS_URL: optionalSetting(redisAddress, { example: 'redis://localhost:6379', secret: true }),

  UPLOADS_URL: optionalSetting(uploadsPlace, { example: 's3://my-bucket/hark', secret: true }),
  S3_ENDPOINT: optionalSetting(webAddress, { example: 'https://s3.example.org', secret: true }),
  S3_REGION: optionalSetting(matching(/^[a-z0-9-]+$/i, 'must be the name of a region'), {
    example: 'eu-central-1',
  }),
  S3_ACCESS_KEY_ID: optionalSetting(token, { example: 'AKIAIOSFODNN7EXAMPLE' }),
  S3_SECRET_ACCESS_KEY: optionalSetting(token, { example: 'the-secret-of-that-key', secret: true }),
  S3_SESSION_TOKEN: optionalSetting(token, { example: 'of-temporary-credentials', secret: true }),
  S3_FORCE_PATH_STYLE: optionalSetting(yesOrNo, { example: 'true' }),

  ADMIN_TOKEN: optionalSetting(token, { example: 'a-long-random-text', secret: true }),
  VIEWER_TOKEN: optionalSetting(token, { example: 'another-long-random-text', secret: true }),
  SECRETS_KEY: optionalSetting(matching(/^\S.{14,}\S$/, 'must be 16 characters or more'), {
    example: 'a-very-long-random-text',
    secret: true,
  }),
  OIDC_ISSUER: optionalSetting(issuerAddress, { example: 'https://login.example.org/realms/community' }),
  OIDC_AUDIENCE: optionalSetting(text, { example: 'hark' }),
  OIDC_ROLES_CLAIM: setting(text, { default: 'roles', example: 'realm_access.roles' }),
  OIDC_ADMIN_ROLE: setting(text, { default: 'hark-admin', example: 'hark-admin' }),
  OIDC_VIEWER_ROLE: setting(text, { default: 'hark-viewer', example: 'hark-viewer' }),
  CORS_ORIGINS: optionalSetting(
    listOf('must be a comma-separated list of origins such as https://app.example.org', webOrigin),
    { example: 'https://app.example.org' },
  ),
  TRUSTED_PROXIES: optionalSetting(
    listOf('must be a comma-separated list of addresses or networks', network),
    {
      example: '127.0.0.1,10.0.0.0/8',
    },
  ),
  AUDIT_DAYS: setting(wholeNumber(0, 36_500), { default: '365', example: '365' }),

  DISCORD_TOKEN: optionalSetting(token, { example: 'the-token-of-the-bot-page', secret: true }),
  DISCORD_API_URL: setting(webAddress, {
    default: 'https://discord.com/api',
    example: 'https://discord.com/api',
    secret: true,
  }),
  DISCORD_VOICE: setting(yesOrNo, { default: 'false', example: 'true' }),
  SLACK_BOT_TOKEN: optionalSetting(matching(/^xoxb-\S+$/, 'must begin with xoxb-'), {
    example: 'xoxb-…',
    secret: true,
  }),
  SLACK_APP_TOKEN: optionalSetting(matching(/^xapp-\S+$/, 'must begin with xapp-'), {
    example: 'xapp-…',
    secret: true,
  }),
  SLACK_SIGNING_SECRET: optionalSetting(token, { example: 'from-Basic-Information', secret: true }),
  SLACK_API_URL: setting(webAddressWithSlash, {
    default: 'https://slack.com/api/',
    example: 'https://slack.com/api/',
    secret: true,
  }),

  TRANSCRIBERS: setting(choicesOf(TRANSCRIBERS), { default: 'whisper-cpp', example: 'whisper-cpp,openai' }),
  WHISPER_MODEL: setting(text, { default: 'base-q8_0', example: 'small-q8_0' }),
  WHISPER_MODEL_BASE_URL: setting(webAddress, {
    default: 'https://huggingface.co/ggerganov/whisper.cpp/resolve/main',
    example: 'https://mirror.example.org/whisper.cpp',
    secret: true,
  }),
  WHISPER_MODEL_SHA256: optionalSetting(
    matching(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits').transform((sum) => sum.toLowerCase()),
    { example: '60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe' },
  ),
  WHISPER_SERVER_URL: optionalSetting(webAddress, { example: 'http://gpu-host:8080', secret: true }),
  WHISPER_SERVER_BIN: optionalSetting(text, { example: '/usr/local/bin/whisper-server' }),
  WHISPER_THREADS: optionalSetting(wholeNumber(1, 512), { example: '4' }),
  DRAFT_MODEL: optionalSetting(text, { example: 'tiny-q8_0' }),
  OPENAI_BASE_URL: optionalSetting(webAddress, { example: 'https://api.openai.com/v1', secret: true }),
  OPENAI_API_KEY: optionalSetting(token, { example: 'sk-…', secret: true }),
  OPENAI_MODEL: optionalSetting(text, { example: 'whisper-1' }),

  SUMMARIZERS: optionalSetting(choicesOf(SUMMARIZERS), { example: 'anthropic,openai' }),
  SUMMARY_OPENAI_BASE_URL: optionalSetting(webAddress, {
    example: 'http://localhost:11434/v1',
    secret: true,
  }),
  SUMMARY_OPENAI_API_KEY: optionalSetting(token, { example: 'sk-…', secret: true }),
  SUMMARY_OPENAI_MODEL: optionalSetting(text, { example: 'llama3.1' }),
  SUMMARY_ANTHROPIC_BASE_URL: setting(webAddress, {
    default: 'https://api.anthropic.com',
    example: 'https://api.anthropic.com',
    secret: true,
  }),
  SUMMARY_ANTHROPIC_API_KEY: optionalSetting(token, { example: 'sk-ant-…', secret: true }),
  SUMMARY_ANTHROPIC_MODEL: optionalSetting(text, { example: 'claude-haiku-4-5' }),
  SUMMARY_USER_CHOICE: setting(yesOrNo, { default: 'false', example: 'true' }),
  SUMMARY_TOKENS_PER_MONTH: setting(wholeNumber(0, 1_000_000_000), { default: '200000', example: '200000' }),
  SUMMARY_MIN_CHARACTERS: setting(wholeNumber(1, 1_000_000), { default: '1500', example: '1500' }),
  SUMMARY_TIMEOUT: setting(lengthInSeconds, { default: '90s', example: '90s' }),

  MAX_MEDIA_BYTES: setting(sizeInBytes, { default: '100MiB', example: '100MiB' }),
  MAX_MEDIA_SECONDS: setting(lengthInSeconds, { default: '4h', example: '4h' }),
  MEDIA_ALLOW_HOSTS: optionalSetting(
    listOf('must be a comma-separated list of host:port pairs', hostAndPort),
    { example: 'files.intranet:8080,[fd00::5]:443' },
  ),
  YT_DLP: setting(switchOrProgram, { default: 'off', example: '/usr/local/bin/yt-dlp' }),
  YT_DLP_SITES: setting(listOf('must be a comma-separated list of host names', siteName), {
    default: USUAL_SITES.join(','),
    example: 'youtube.com,youtu.be,media.example.org',
  }),
  RATE_LIMIT_JOBS_PER_HOUR: setting(count, { default: '30', example: '30' }),
  RATE_LIMIT_AUDIO_MINUTES_PER_DAY: setting(count, { default: '240', example: '240' }),
  RATE_LIMIT_ACTIVE_JOBS: setting(count, { default: '3', example: '3' }),
  RATE_LIMIT_CHANNEL_JOBS_PER_HOUR: setting(count, { default: '0', example: '100' }),
  RATE_LIMIT_CHANNEL_AUDIO_MINUTES_PER_DAY: setting(count, { default: '0', example: '600' }),
  RATE_LIMIT_CHANNEL_ACTIVE_JOBS: setting(count, { default: '0', example: '2' }),
  RATE_LIMIT_SERVER_JOBS_PER_HOUR: setting(count, { default: '0', example: '300' }),
  RATE_LIMIT_SERVER_AUDIO_MINUTES_PER_DAY: setting(count, { default: '0', example: '1200' }),
  RATE_LIMIT_SERVER_ACTIVE_JOBS: setting(count, { default: '0', example: '4' }),
  LIVE_SESSIONS: setting(wholeNumber(0, 100), { default: '4', example: '4' }),
  FEATURES: optionalSetting(featureSwitches, { example: '-summaries,-reactions' }),
  REUSE_DAYS: setting(wholeNumber(0, 36_500), { default: '7', example: '7' }),
  RETENTION_DAYS: setting(wholeNumber(0, 36_500), { default: '30', example: '30' }),
  KEEP_AUDIO_DAYS: setting(wholeNumber(0, 36_500), { default: '0', example: '7' }),

  SENTRY_DSN: optionalSetting(reportAddress, {
    example: 'https://publickey@sentry.example.org/1',
    secret: true,
  }),
  SENTRY_ENVIRONMENT: setting(text, { default: 'production', example: 'staging' }),
  METRICS_OPEN: setting(yesOrNo, { default: 'true', example: 'false' }),
  LOG_LEVEL: setting(oneOf(LOG_LEVELS), { default: 'info', example: 'debug' }),
  LOG_FORMAT: setting(oneOf(['json', 'pretty']), { default: 'json', example: 'pretty' }),
});

export type SettingName = keyof typeof settingsSchema.shape;
/** The settings as parsed, still by their names in the environment. */
export type SettingValues = z.output<typeof settingsSchema>;

export const SETTING_NAMES = Object.keys(settingsSchema.shape) as SettingName[];
