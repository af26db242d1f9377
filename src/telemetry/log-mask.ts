/** Stands where something secret or private would be. */
const HIDDEN = '[hidden]';

type Rule = [pattern: RegExp, replacement: string];

/** Names of fields whose text is never written, however deep they are. */
const FIELDS =
  '(?:[\\w-]*(?:token|secret|password|api[_-]?key|signature)|(?:proxy-)?authorization|(?:set-)?cookie)';

/** What is recognised by its form. The bounds keep each of them linear on long lines. */
const RULES: readonly Rule[] = [
  [new RegExp(`("${FIELDS}":)(?:"(?:\\\\.|[^"\\\\])*"|\\[[^\\]]*\\])`, 'gi'), `$1"${HIDDEN}"`],
  // The same in JSON that stands as text in JSON.
  [new RegExp(`(\\\\+")(${FIELDS}\\1\\s*:\\s*)\\1.*?(?<!\\\\)\\1`, 'gi'), `$1$2$1${HIDDEN}$1`],
  [/\b(Bearer\s+)[\w.~+/=-]{6,}/gi, `$1${HIDDEN}`],
  [/\b((?:Bot|Basic)\s+)[\w.~+/=-]{16,}/g, `$1${HIDDEN}`],
  // Our own tokens and secrets, Slack's and Discord's.
  [/\bhark_[\w-]{43}(?![\w-])/g, HIDDEN],
  [/\bwhsec_[\w+/=]{16,}/g, HIDDEN],
  [/\b(?:xox[a-z]|xapp)-[\w-]{4,}/g, HIDDEN],
  [/(?<![\w-])[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}/g, HIDDEN],
  // Tokens of Discord's interactions and webhooks and of Slack's response addresses are parts of the path.
  [/(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?\\]+/g, `$1${HIDDEN}`],
  [/(hooks\.slack\.com\/)[^\s"\\]+/g, `$1${HIDDEN}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^/\s"?#@\\]{1,500}@/gi, `$1${HIDDEN}@`],
  // Signed addresses, above all those of chat platforms' files.
  [/\b((?:https?|wss?):\/\/[^\s"?#<>\\]{1,2000})\?[^\s"<>\\]+/gi, `$1?${HIDDEN}`],
];

/**
 * A function that takes secrets out of a finished log line: the given values wherever they stand, and whatever looks
 * like a token, a password or a signed address. A line of JSON stays one.
 */
export function logMask(secrets: readonly string[]): (line: string) => string {
  const rules = [...exactRules(secrets), ...RULES];
  return (line) =>
    rules.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), line);
}

function exactRules(secrets: readonly string[]): Rule[] {
  const forms = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]);
  if (forms.length === 0) return [];
  const alternatives = [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [[new RegExp(alternatives.join('|'), 'g'), HIDDEN]];
}
