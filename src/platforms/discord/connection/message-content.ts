/** What an admin is told whose bot may not read messages. */
export const CONTENT_MISSING = {
  detail:
    'Discord does not let hark read messages, because the message content intent is not granted: in servers voice ' +
    'notes are not read automatically, nor when hark is mentioned below one. Commands, the context menu and direct ' +
    'messages work.',
  remedy:
    'Open https://discord.com/developers/applications, choose the app, then Bot, switch on "Message Content Intent" ' +
    'below "Privileged Gateway Intents", save, and restart hark.',
} as const;
