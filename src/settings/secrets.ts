import { Settings } from './settings';

/** Shorter values would be found in ordinary words. */
const SHORTEST = 6;

/** The secret values among the settings, also the passwords in addresses: what must never be written anywhere. */
export function secretsOf(settings: Settings): string[] {
  const { discord, slack, openai, whisper, summaries } = settings;
  const storage = settings.uploads?.kind === 'bucket' ? settings.uploads : undefined;
  const values = [
    ...headersOf(settings.tracing?.variables ?? {}),
    ...[settings.sentry?.dsn].flatMap(userOf),
    settings.adminToken,
    settings.viewerToken,
    settings.secretsKey,
    discord?.token,
    slack?.botToken,
    slack?.appToken,
    slack?.signingSecret,
    openai?.apiKey,
    summaries.openai?.apiKey,
    summaries.anthropic?.apiKey,
    storage?.credentials?.secretAccessKey,
    storage?.credentials?.sessionToken,
    ...[
      settings.databaseUrl,
      settings.redisUrl,
      storage?.endpoint,
      discord?.apiUrl,
      slack?.apiUrl,
      openai?.baseUrl,
      summaries.openai?.baseUrl,
      summaries.anthropic?.baseUrl,
      whisper.modelBaseUrl,
      whisper.serverUrl,
    ].flatMap(passwordsOf),
  ];
  return [...new Set(values)].filter((value) => value !== undefined && value.length >= SHORTEST) as string[];
}

/** What receivers of traces are shown: `OTEL_EXPORTER_OTLP_HEADERS` is `name=value,name=value`. */
function headersOf(variables: Record<string, string>): string[] {
  const lists = Object.entries(variables).filter(([name]) => name.endsWith('_HEADERS'));
  return lists.flatMap(([, list]) => list.split(',').map((pair) => pair.replace(/^[^=]*=/, '').trim()));
}

/** The key in a DSN stands where a user would. */
function userOf(address: string | undefined): string[] {
  const user = address === undefined ? undefined : URL.parse(address)?.username;
  return user ? [user] : [];
}

/** The password as it stands in the address, and decoded. */
function passwordsOf(address: string | undefined): string[] {
  const password = address === undefined ? undefined : URL.parse(address)?.password;
  if (!password) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
