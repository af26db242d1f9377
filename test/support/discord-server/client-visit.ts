import { Client, Events, GatewayIntentBits, Partials, TextChannel } from 'discord.js';
import { DiscordServer, DiscordServerOptions } from './discord-server';

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** Servers and real clients for one test, and their end. */
export class Visit {
  readonly #open: (() => Promise<void>)[] = [];

  /** A server with one guild, one channel and one member, Anna. */
  async start(options: DiscordServerOptions = {}) {
    const server = await DiscordServer.start(options);
    this.#open.push(() => server.stop());
    const guild = server.build.addGuild('Listeners');
    const channel = server.build.addTextChannel(guild, 'general');
    const anna = server.build.addUser('Anna');
    server.build.addMember(guild, anna);
    return { server, guild, channel, anna };
  }

  client(server: DiscordServer, intents: number[] = INTENTS): Client {
    const made = new Client({ intents, partials: [Partials.Channel], rest: { api: server.apiUrl } });
    this.#open.push(() => made.destroy());
    return made;
  }

  async loggedIn(server: DiscordServer, intents: number[] = INTENTS): Promise<Client<true>> {
    const made = this.client(server, intents);
    const ready = next<Client<true>>(made, Events.ClientReady);
    await made.login(server.token);
    return ready;
  }

  async end(): Promise<void> {
    for (const stop of this.#open.splice(0).reverse()) await stop();
  }
}

export async function textChannel(bot: Client, id: string): Promise<TextChannel> {
  return (await bot.channels.fetch(id)) as TextChannel;
}

/** The next event that fits. */
export function next<T>(client: Client, event: string, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const hear = (value: T) => {
      if (!fits(value)) return;
      client.off(event, hear);
      resolve(value);
    };
    client.on(event, hear);
  });
}
