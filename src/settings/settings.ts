import { TracingSettings } from './tracing';
import { UploadsBucket, UploadsFolder } from './uploads-place';

export const ROLES = ['api', 'bot', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** A bucket, and how to reach it. */
export interface ObjectStorage extends UploadsBucket {
  /** Undefined: Amazon's own. */
  endpoint?: string;
  /** Undefined: as the client finds it in its own files. */
  region?: string;
  /** Undefined: the client looks for them in all the places it knows. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Whether the bucket stands in the path of the address, not in its host name. */
  pathStyle: boolean;
}

/** 0 = no limit. */
export interface QuotaSettings {
  jobsPerHour: number;
  audioMinutesPerDay: number;
  activeJobs: number;
}

/** A service with a language model. */
export interface ModelService {
  baseUrl: string;
  apiKey?: string;
  model: string;
}

export interface SummarySettings {
  /** In order of preference; none: summaries are off. */
  drivers: readonly string[];
  openai?: ModelService;
  anthropic?: ModelService;
  /** People may choose another one than the first for themselves. */
  userChoice: boolean;
  /** For each chat user; 0 = no limit. */
  tokensPerMonth: number;
  /** Transcripts with at least so many have a button. */
  leastCharacters: number;
  timeoutSeconds: number;
}

/** Everything an admin can set, checked and typed. The DI token for it; made once by `loadSettings`. */
export abstract class Settings {
  abstract readonly host: string;
  abstract readonly port: number;
  abstract readonly roles: ReadonlySet<Role>;
  /** Absolute path. */
  abstract readonly dataDir: string;
  /** Absolute path: temporary files and uploads. `dataDir` but for commands that run beside the service. */
  abstract readonly scratchDir: string;
  /** Where programs are looked for, as in PATH. Undefined: in the usual places. */
  abstract readonly searchPath?: string;
  /** Where uploads are kept. Undefined: in `scratchDir`. */
  abstract readonly uploads?: UploadsFolder | ObjectStorage;
  /** `sqlite:<absolute path>` or `postgresql://…`. */
  abstract readonly databaseUrl: string;
  abstract readonly databasePoolSize: number;
  abstract readonly redisUrl?: string;
  abstract readonly adminToken?: string;
  abstract readonly viewerToken?: string;
  /** What secrets in the database are sealed with. Undefined: a key that hark keeps in `dataDir`. */
  abstract readonly secretsKey?: string;
  /** Undefined: only the tokens above are taken. */
  abstract readonly oidc?: {
    issuer: string;
    audience: string;
    /** Name of the claim, or its path with dots. */
    rolesClaim: string;
    adminRole: string;
    viewerRole: string;
  };
  /** Web origins whose pages may call the API. */
  abstract readonly corsOrigins: readonly string[];
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  abstract readonly trustedProxies: readonly string[];
  /** Days after which the audit log's entries are erased; 0 = never. */
  abstract readonly auditDays: number;
  /** Undefined: Discord is off. `voice`: hark joins voice channels when it is asked to. */
  abstract readonly discord?: { token: string; apiUrl: string; voice: boolean };
  /** Undefined: Slack is off. */
  abstract readonly slack?: { botToken: string; appToken?: string; signingSecret?: string; apiUrl: string };
  abstract readonly whisper: {
    model: string;
    modelBaseUrl: string;
    modelSha256?: string;
    serverUrl?: string;
    serverBin?: string;
    threads: number;
  };
  abstract readonly transcribers: readonly string[];
  abstract readonly openai?: { baseUrl: string; apiKey?: string; model: string };
  abstract readonly draftModel?: string;
  abstract readonly summaries: SummarySettings;
  /** Links to pages that hold a recording. Undefined: they are not read. `program`: a path, or a name on PATH. */
  abstract readonly sites?: { program: string; hosts: readonly string[] };
  abstract readonly media: { maxBytes: number; maxSeconds: number; allowHosts: readonly string[] };
  abstract readonly quota: QuotaSettings;
  abstract readonly placeQuota: { channel: QuotaSettings; server: QuotaSettings };
  /** Live sessions at the same time, in each process; 0 = none. */
  abstract readonly liveSessions: number;
  /** Switches that were named; a feature that is not named is on. */
  abstract readonly features: ReadonlyMap<string, boolean>;
  abstract readonly retentionDays: number;
  abstract readonly keepAudioDays: number;
  abstract readonly reuseDays: number;
  /** Undefined: no traces are made. */
  abstract readonly tracing?: TracingSettings;
  /** Where errors are reported to. Undefined: nowhere. */
  abstract readonly sentry?: { dsn: string; environment: string };
  /** Whether `/metrics` needs no token. */
  abstract readonly metricsOpen: boolean;
  abstract readonly log: { level: string; format: 'json' | 'pretty' };
}
