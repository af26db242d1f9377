import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { NEEDED_SCOPES } from './slack-scopes';
import { HARK_COMMANDS, SLACK_COMMANDS, SLACK_EVENTS, TRANSCRIBE_SHORTCUT } from './slack-subscriptions';

interface Manifest {
  features: {
    app_home: Record<string, boolean>;
    shortcuts: { type: string; callback_id: string }[];
    slash_commands: { command: string; url?: string; usage_hint: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
  };
}

const text = readFileSync(join(__dirname, '../../../config/slack-manifest.yml'), 'utf8');
const manifest = parse(text) as Manifest;
const scopes = NEEDED_SCOPES.map(({ scope }) => scope);

describe('the manifest', () => {
  it('asks for the scopes that hark needs, and no others', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(scopes);
  });

  it('subscribes to the events that hark hears, each with its scope', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(Object.keys(SLACK_EVENTS));
    const needed = Object.values(SLACK_EVENTS).filter((scope) => scope !== undefined);
    expect(scopes).toEqual(expect.arrayContaining(needed));
  });

  it('names the commands and the shortcut as hark knows them', () => {
    const { slash_commands: commands, shortcuts } = manifest.features;
    expect(commands.map(({ command }) => command)).toEqual(Object.values(SLACK_COMMANDS));
    expect(commands[1]?.usage_hint.split(' | ')).toEqual(HARK_COMMANDS);
    expect(shortcuts).toMatchObject([{ type: 'message', callback_id: TRANSCRIBE_SHORTCUT }]);
  });

  it('opens the Home and direct messages, and needs no public address', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
    });
    expect(text.match(/^\s*# (request_)?url: https:\/\/hark\.example\.com\/slack\/events$/gm)).toHaveLength(
      5,
    );
  });
});
