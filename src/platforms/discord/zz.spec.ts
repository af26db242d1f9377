import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDiscordHome } from '../../../test/support/discord-home';
import { DISCORD_RATES } from '../../../test/support/discord-server/rest/rate-limiter';
import { PreferenceStore } from '../../core/preference-store';

it('smoke', async () => {
  const home = await openDiscordHome({ roles: ['api', 'bot', 'worker'], rates: DISCORD_RATES, globalPerSecond: 50, variables: { WHISPER_SERVER_BIN: process.env.WHISPER_SERVER_BIN ?? '', RATE_LIMIT_ACTIVE_JOBS: '0', RATE_LIMIT_JOBS_PER_HOUR: '0', RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0' } });
  const { server } = home;
  const guild = server.build.addGuild('G');
  const users = [1, 2, 3, 4].map((n) => server.build.addUser(`U${n}`));
  for (const u of users) server.build.addMember(guild, u);
  const channels = [1, 2, 3, 4].map((n) => server.build.addTextChannel(guild, `c${n}`));
  await home.app.get(PreferenceStore, { strict: false }).set({ platform: 'discord', kind: 'server', id: guild.id }, { automatic: true });
  await server.waitForLogin();
  await server.waitFor(() => server.presence);
  const begun = Date.now();
  const voice = readFileSync(join(__dirname, '../../../test/support/audio/01-en.ogg'));
  for (let i = 0; i < 40; i++) server.postVoiceMessage({ channel: channels[i % 4]!, author: users[i % 4]!, audio: voice });
  await server.waitFor(() => channels.every((c) => server.answers(c).filter(({ data }) => data.content.includes('flowers')).length === 10), { timeoutMs: 100_000 });
  console.log('took', Date.now() - begun, 'invalid', server.invalidRequests.length, 'requests', server.requests.length, 'patch', server.requests.filter((r) => r.method === 'PATCH').length, server.answers(channels[0]!)[0]!.data.content);
  expect(channels.every((c) => server.answers(c).length === 10)).toBe(true);
  await home.close();
}, 120_000);
