import { Injectable, Logger } from '@nestjs/common';
import { AnyThreadChannel, ChannelType, Guild, GuildMember, PermissionFlagsBits as Bits } from 'discord.js';
import { JobArchive, Reach } from '../../../core/job-archive';

/** Threads with transcripts that are looked at for one search, those with the newest first. */
const MOST_THREADS = 200;
/** Questions to Discord for one search. */
const MOST_QUESTIONS = 20;

/** Counts down what may still be asked. */
type Budget = { left: number };

/** Knows which threads with transcripts somebody may read. */
@Injectable()
export class ThreadSightService {
  private readonly logger = new Logger(ThreadSightService.name);

  constructor(private readonly archive: JobArchive) {}

  /**
   * Public threads are open to whoever sees their channel, private ones to their members and to moderators. What cannot
   * be found out with a bounded number of questions is out of sight.
   */
  async within(
    reach: Reach,
    guild: Guild,
    member: GuildMember,
  ): Promise<{ threads: string[]; whole: boolean }> {
    const ids = await this.archive.threadsWithin(reach, MOST_THREADS);
    const budget: Budget = { left: MOST_QUESTIONS };
    const visible = new Set(reach.channels);
    const threads: string[] = [];
    for (const id of ids) {
      if (budget.left === 0) return { threads, whole: false };
      const thread = await this.find(guild, id, budget);
      if (!thread || !visible.has(thread.parentId ?? '')) continue;
      if (await this.isOpen(thread, member, budget)) threads.push(id);
    }
    return { threads, whole: ids.length < MOST_THREADS };
  }

  /** What kind of thread it is, and where, never changes. */
  private async find(guild: Guild, id: string, budget: Budget): Promise<AnyThreadChannel | undefined> {
    const known = guild.channels.cache.get(id);
    const channel = known ?? (await this.ask(budget, () => guild.channels.fetch(id)));
    return channel?.isThread() ? channel : undefined;
  }

  private async isOpen(thread: AnyThreadChannel, member: GuildMember, budget: Budget): Promise<boolean> {
    if (thread.type !== ChannelType.PrivateThread) return true;
    if (thread.parent?.permissionsFor(member).has(Bits.ManageThreads)) return true;
    const options = { member: member.id, cache: false, force: true } as const;
    return (await this.ask(budget, () => thread.members.fetch(options))) !== undefined;
  }

  /** Undefined whatever the reason is that there is no answer. */
  private async ask<T>(budget: Budget, question: () => Promise<T>): Promise<T | undefined> {
    if (budget.left === 0) return undefined;
    budget.left -= 1;
    try {
      return await question();
    } catch (error) {
      this.logger.debug({ err: error, msg: 'A thread is out of sight' });
      return undefined;
    }
  }
}
