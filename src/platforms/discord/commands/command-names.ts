/** What hark's commands and their options are called, in every language: programs and habits rely on them. */
export const COMMANDS = { transcribe: 'transcribe', hark: 'hark', find: 'find', listen: 'listen' } as const;

export const HARK_COMMANDS = ['settings', 'privacy', 'status', 'help'] as const;

/** `/hark glossary`, and what stands behind it. */
export const GLOSSARY = 'glossary';
export const GLOSSARY_COMMANDS = ['list', 'add', 'remove'] as const;
export const GLOSSARY_OPTION = 'terms';

export const LISTEN_COMMANDS = ['start', 'stop'] as const;

export const LISTEN_OPTIONS = { language: 'language', translate: 'translate', format: 'format' } as const;

export const MENUS = { transcribe: 'Transcribe', transcribePrivately: 'Transcribe privately' } as const;

export const TRANSCRIBE_OPTIONS = {
  file: 'file',
  link: 'link',
  language: 'language',
  translate: 'translate',
  private: 'private',
} as const;

export const FIND_OPTIONS = { words: 'words' } as const;
