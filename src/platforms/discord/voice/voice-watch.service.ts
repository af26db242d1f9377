import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { Client, Events, VoiceState } from 'discord.js';
import { Settings } from '../../../settings/settings';
import { DiscordClient } from '../discord.client';
import { OpenRoom } from './open-room';
import { VoiceRoomsService, peopleIn } from './voice-rooms.service';
import { VoiceScribe } from './voice-scribe.service';

/** What is said last is read within this when hark is stopped. */
const FAREWELL_MS = 3_000;

/** Sees who comes and goes in voice channels. */
@Injectable()
export class VoiceWatch implements OnModuleInit {
  private readonly logger = new Logger('Voice');

  constructor(
    private readonly discord: DiscordClient,
    private readonly rooms: VoiceRoomsService,
    private readonly scribe: VoiceScribe,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (!this.settings.discord?.voice) return;
    this.discord.wire((client) => this.watch(client));
    this.discord.beforeLeaving(() => this.leaveAll());
  }

  private watch(client: Client): void {
    client.on(Events.VoiceStateUpdate, (before, now) => {
      const open = this.rooms.of(now.guild.id);
      if (open) this.moved(open, before, now);
    });
    client.on(Events.GuildDelete, ({ id }) => void this.rooms.of(id)?.end('gone'));
    client.on(Events.ChannelDelete, ({ id }) => {
      const open = this.rooms.all.find(({ channel, page }) => channel.id === id || page === id);
      void open?.end(open.page === id ? 'gone' : 'moved');
    });
  }

  private moved(open: OpenRoom, before: VoiceState, now: VoiceState): void {
    const { channel } = open;
    if (now.id === channel.client.user.id) {
      // It was moved elsewhere, or thrown out: nobody there was told, or nobody here wants it.
      if (before.channelId === channel.id && now.channelId !== channel.id) void open.end('moved');
    } else if (now.channelId === channel.id && before.channelId !== channel.id) this.welcome(open, now);
    else if (before.channelId === channel.id && peopleIn(channel).length === 0) void open.end('empty');
  }

  /** They are heard only once they were told. */
  private welcome(open: OpenRoom, { id, member }: VoiceState): void {
    if (member?.user.bot) return;
    const told = open.told.has(id) ? Promise.resolve() : this.scribe.tellOne(open, id);
    told
      .then(() => open.told.add(id))
      .then(() => open.room.meet(id))
      .catch((err: unknown) =>
        this.logger.warn({ err, msg: 'Somebody could not be told, and is not heard' }),
      );
  }

  private async leaveAll(): Promise<void> {
    const { unfinished } = this.rooms;
    await Promise.all(unfinished.map((open) => open.end('shutdown', { deadlineMs: FAREWELL_MS })));
  }
}
