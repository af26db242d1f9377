import { Logger } from '@nestjs/common';
import { Client, Events, Message, SnowflakeUtil } from 'discord.js';
import { Visit } from '../../../../test/support/discord-server/client-visit';
import { ShiftedClock } from '../../../../test/support/shifted-clock';
import { HarkError } from '../../../core/errors';
import { Leadership } from '../../../core/leadership';
import { FreshAddressesService } from '../fresh-addresses.service';
import { AutomaticNotesService } from './automatic-notes.service';
import { DelayNoticeService } from './delay-notice.service';
import { Hearing, HeardMessagesService } from './heard-messages.service';
import { MessageHandler } from './message.handler';
import { MissedMessagesService } from './missed-messages.service';
import { RequestedNotesService } from './requested-notes.service';

const AWAY = new HarkError('service_unavailable', 'The database does not answer.', { retryable: true });

const timeOf = (id: string): number => SnowflakeUtil.timestampFrom(id);

class SmallRoom extends HeardMessagesService {
  protected override readonly mostInHand = 2;
}

describe('messages that cannot be stored at present', () => {
  const visit = new Visit();
  let owedSince: () => Date | undefined;
  let missed: MissedMessagesService;
  let heard: HeardMessagesService;
  let away: boolean;
  let taken: string[];
  beforeEach(() => {
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    away = true;
    taken = [];
    const leadership = {
      owes: (since: typeof owedSince) => (owedSince = since),
    } as unknown as Leadership;
    const automatic = {
      read: ({ id }: Message) => {
        if (away) return Promise.reject(AWAY);
        taken.push(id);
        return Promise.resolve();
      },
    } as AutomaticNotesService;
    missed = new MissedMessagesService(leadership, new ShiftedClock());
    const handler = new MessageHandler(automatic, {} as RequestedNotesService, {} as DelayNoticeService);
    heard = new SmallRoom(handler, missed, leadership, new FreshAddressesService());
    heard.onModuleInit();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await visit.end();
  });

  const scene = async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const stop = new AbortController();
    const running = new Set<Promise<void>>();
    const run: Hearing['run'] = (work) => {
      const done = work().finally(() => running.delete(done));
      running.add(done);
      return done;
    };
    const hearing: Hearing = { signal: stop.signal, run, inTurn: (_, work) => run(work) };
    const inHand: Promise<void>[] = [];
    bot.on(Events.MessageCreate, (message) => inHand.push(heard.hear(message, hearing)));
    const speak = async (): Promise<string> => {
      const heardOf = new Promise<void>((resolve) => bot.once(Events.MessageCreate, () => resolve()));
      const { id } = server.postVoiceMessage({ channel, author: anna, audio: Buffer.from('OggS') });
      await heardOf;
      return id;
    };
    const settled = async (): Promise<void> => {
      await Promise.all(inHand);
      while (running.size > 0) await Promise.all(running);
    };
    return { bot, stop, speak, settled };
  };
  const found = async (client: Client<true>): Promise<string[]> => {
    const ids: string[] = [];
    await missed.find(client, missed.leftSince ?? new Date(), ({ id }) => ids.push(id));
    return ids;
  };

  it('wait, and what is too much to wait is read again when there is room', async () => {
    const { speak, settled } = await scene();
    const notes = [await speak(), await speak(), await speak(), await speak()];
    expect(missed.leftSince).toBeDefined();
    away = false;
    await settled();
    expect([...new Set(taken)].sort()).toEqual([...notes].sort());
    expect([missed.leftSince, owedSince()]).toEqual([undefined, undefined]);
  });

  it('are found by whoever leads next when the term ends before', async () => {
    const { bot, speak, stop, settled } = await scene();
    const note = await speak();
    expect(owedSince()?.getTime()).toBe(timeOf(note));
    stop.abort();
    await settled();
    expect(owedSince()?.getTime()).toBe(timeOf(note) - 1);
    expect(await found(bot)).toEqual([note]);
    expect(owedSince()).toBeUndefined();
  });
});
