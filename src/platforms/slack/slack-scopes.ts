/** A bot scope, and what goes wrong without it. */
export interface NeededScope {
  scope: string;
  /** Completes "without it …". */
  without: string;
  /** hark is of no use without it. */
  essential: boolean;
}

/** The bot scopes that hark asks for: the same as in `config/slack-manifest.yml`. */
export const NEEDED_SCOPES: readonly NeededScope[] = [
  { scope: 'app_mentions:read', without: 'hark does not hear when it is mentioned', essential: false },
  { scope: 'channels:history', without: 'hark hears nothing in public channels', essential: false },
  {
    scope: 'channels:read',
    without: 'nobody can change the settings of public channels, or search in them',
    essential: false,
  },
  { scope: 'chat:write', without: 'hark cannot answer', essential: true },
  { scope: 'commands', without: 'there are no /transcribe, /hark and /find', essential: false },
  { scope: 'files:read', without: 'hark cannot download recordings', essential: true },
  { scope: 'files:write', without: 'long transcripts cannot be posted as files', essential: false },
  { scope: 'groups:history', without: 'hark hears nothing in private channels', essential: false },
  {
    scope: 'groups:read',
    without: 'nobody can change the settings of private channels, or search at all',
    essential: false,
  },
  { scope: 'im:history', without: 'hark hears no direct messages', essential: false },
  { scope: 'im:write', without: 'hark cannot send private answers as direct messages', essential: false },
  { scope: 'mpim:history', without: 'hark hears nothing in group messages', essential: false },
  {
    scope: 'mpim:read',
    without: 'what hark is mentioned in and may not look up counts as private',
    essential: false,
  },
  { scope: 'usergroups:read', without: 'limits for user groups have no effect', essential: false },
  {
    scope: 'users:read',
    without: 'hark knows neither admins nor languages, and nobody can search',
    essential: false,
  },
];

/** How an admin grants a scope. */
export const GRANT_SCOPES =
  'Open https://api.slack.com/apps, choose the app, then "OAuth & Permissions", add the scope under "Bot Token Scopes", and press "Reinstall to Workspace".';

/** The needed scopes that are not among the granted ones. */
export function missingScopes(granted: readonly string[]): NeededScope[] {
  return NEEDED_SCOPES.filter(({ scope }) => !granted.includes(scope));
}
