import {
  APIApplicationCommand,
  APIApplicationCommandOption,
  ApplicationCommandType,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { Realm } from '../realm';
import { FormFaults, refuse } from './discord-error';
import { ok, RestCall, Route } from './rest-call';

const GLOBAL = '/applications/:application/commands';
const IN_GUILD = '/applications/:application/guilds/:guild/commands';
/** Discord's rule for slash commands and options: letters, digits, - and _ of any script, in lower case. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** The application itself, its commands, and where its gateway is. */
export function applicationRoutes({ world, gateway, commands }: Realm): Route[] {
  const own = (call: RestCall): string => {
    if (call.param('application') !== world.application.id) throw refuse.missingAccess();
    return call.param('guild');
  };
  const overwrite = (call: RestCall) => {
    const guild = own(call);
    const bodies = call.body as RESTPostAPIApplicationCommandsJSONBody[];
    checkCommands(bodies);
    return ok(commands.overwrite(bodies, guild));
  };
  const create = (call: RestCall) => {
    const guild = own(call);
    const body = call.body as RESTPostAPIApplicationCommandsJSONBody;
    checkCommands([body]);
    return { status: 201, body: commands.upsert(body, guild) };
  };
  const list = (call: RestCall) => {
    const all = commands.list(own(call));
    return ok(call.query.get('with_localizations') === 'true' ? all : withoutLocalizations(all));
  };
  const application = () => ok({ ...world.application, approximate_guild_count: world.guildsOfBot().length });
  return [
    { method: 'GET', pattern: '/gateway/bot', handle: () => ok(gatewayInformation(gateway.address)) },
    { method: 'GET', pattern: '/gateway', open: true, handle: () => ok({ url: gateway.address }) },
    { method: 'GET', pattern: '/applications/@me', handle: application },
    { method: 'GET', pattern: '/oauth2/applications/@me', handle: application },
    { method: 'GET', pattern: GLOBAL, handle: list },
    { method: 'PUT', pattern: GLOBAL, handle: overwrite },
    { method: 'POST', pattern: GLOBAL, handle: create },
    { method: 'GET', pattern: IN_GUILD, handle: list },
    { method: 'PUT', pattern: IN_GUILD, handle: overwrite },
    { method: 'POST', pattern: IN_GUILD, handle: create },
  ];
}

/** Lists carry the dictionaries of names and descriptions only on request. */
function withoutLocalizations(commands: APIApplicationCommand[]): unknown {
  const leftOut = new Set(['name_localizations', 'description_localizations']);
  const keep = (key: string, value: unknown) => (leftOut.has(key) ? undefined : value);
  return JSON.parse(JSON.stringify(commands, keep));
}

function gatewayInformation(url: string) {
  const session_start_limit = { total: 1_000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit };
}

function checkCommands(bodies: RESTPostAPIApplicationCommandsJSONBody[]): void {
  const faults = new FormFaults();
  for (const [at, body] of bodies.entries()) {
    const slash = (body.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
    faults.within(`${at}.name`, body.name.length, 1, 32);
    if (!slash) continue;
    checkName(`${at}.name`, body.name, faults);
    for (const [locale, name] of Object.entries(body.name_localizations ?? {})) {
      checkName(`${at}.name_localizations.${locale}`, name ?? '', faults);
    }
    const { description = '', options = [] } = body as {
      description?: string;
      options?: APIApplicationCommandOption[];
    };
    faults.within(`${at}.description`, description.length, 1, 100);
    checkOptions(`${at}.options`, options, faults);
  }
  faults.throwIfAny();
}

function checkOptions(path: string, options: APIApplicationCommandOption[], faults: FormFaults): void {
  faults.atMost(path, options.length, 25);
  let optional = false;
  for (const [at, option] of options.entries()) {
    const here = `${path}.${at}`;
    checkName(`${here}.name`, option.name, faults);
    faults.within(`${here}.description`, option.description.length, 1, 100);
    for (const [locale, text] of Object.entries(option.description_localizations ?? {})) {
      faults.within(`${here}.description_localizations.${locale}`, text?.length ?? 0, 1, 100);
    }
    if ('choices' in option) faults.atMost(`${here}.choices`, option.choices?.length ?? 0, 25);
    if (option.required && optional) {
      const message = 'Required options must be placed before non-required options';
      faults.add(`${here}`, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
    }
    optional ||= !option.required;
    if ('options' in option) checkOptions(`${here}.options`, option.options ?? [], faults);
  }
}

function checkName(path: string, name: string, faults: FormFaults): void {
  if (NAME.test(name) && name === name.toLowerCase()) return;
  faults.add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}
