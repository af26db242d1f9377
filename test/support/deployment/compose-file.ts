import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const PATH = join(__dirname, '..', '..', '..', 'docker-compose.yml');

/** What the tests look at of a service. */
export interface ComposeService {
  image: string;
  build?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | null>;
  env_file?: { path: string; required: boolean }[];
  healthcheck?: { test?: string[]; disable?: boolean };
  volumes?: string[];
  tmpfs?: string[];
  user: string;
  profiles?: string[];
  networks?: string[] | Record<string, unknown>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  deploy: { resources: { limits: { cpus: string; memory: string } } };
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  logging: { options: Record<string, string> };
  restart: string;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
}

const COMPOSE_TEXT = readFileSync(PATH, 'utf8');

/** The file as Compose sees it with these variables. @throws where a needed one is not set */
export function composeFile(variables: Record<string, string>): ComposeFile {
  return parse(COMPOSE_TEXT, {
    merge: true,
    // Compose fills in every text but keys.
    reviver: (_key, value: unknown) => (typeof value === 'string' ? interpolated(value, variables) : value),
  }) as ComposeFile;
}

/** Names of all variables that the file asks for. */
export function composeVariables(): string[] {
  const named = [...COMPOSE_TEXT.replace(/^\s*#.*$/gm, '').matchAll(/\$\{([A-Z_0-9]+)/g)];
  const passed = [...COMPOSE_TEXT.matchAll(/^ +([A-Z_0-9]+):$/gm)];
  return [...new Set([...named, ...passed].map(([, name = '']) => name))].sort();
}

/** `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:?complaint}`; a default may hold others. */
export function interpolated(text: string, variables: Record<string, string>): string {
  const open = text.indexOf('${');
  if (open < 0) return text;
  const close = closing(text, open + 2);
  const [, name = '', operator = '', rest = ''] =
    /^([A-Z_0-9]+)(:?[-?])?(.*)$/s.exec(text.slice(open + 2, close)) ?? [];
  if (name === '') throw new Error(`Not understood: ${text}`);
  const value = variables[name];
  const given = value !== undefined && !(operator.startsWith(':') && value === '') ? value : undefined;
  if (given === undefined && operator.endsWith('?')) throw new Error(`${name} is missing: ${rest}`);
  const filled = given ?? interpolated(rest, variables);
  return text.slice(0, open) + filled + interpolated(text.slice(close + 1), variables);
}

function closing(text: string, from: number): number {
  for (let at = from, depth = 1; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`Not closed: ${text}`);
}
