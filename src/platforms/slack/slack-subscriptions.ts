/** The events that hark hears: the same as in `config/slack-manifest.yml`, with the scope that each of them needs. */
export const SLACK_EVENTS = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  app_uninstalled: undefined,
  channel_deleted: 'channels:read',
  file_deleted: 'files:read',
  file_shared: 'files:read',
  group_deleted: 'groups:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
} as const;

/** The type of an event as it arrives: messages of all kinds of channels are `message`. */
export type SlackEventType = Kind<keyof typeof SLACK_EVENTS>;
type Kind<Name extends string> = Name extends `message.${string}` ? 'message' : Name;

/** What hark's commands are called, and the words after `/hark`: programs and habits rely on them. */
export const SLACK_COMMANDS = { transcribe: '/transcribe', hark: '/hark', find: '/find' } as const;
export const HARK_COMMANDS = ['settings', 'privacy', 'glossary', 'status', 'help'] as const;

/** Callback ids of hark's forms: what follows tells which one. */
export const FORMS = /^hark-form:/;

/** Callback id of *Transcribe* in a message's menu. */
export const TRANSCRIBE_SHORTCUT = 'transcribe_message';
