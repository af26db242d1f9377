import { Logger } from '@nestjs/common';
import { Journal } from '../../test/support/journal';
import { AnswerUnderTest, drafted, listening } from '../../test/support/answers';
import { Answer } from './answer';
import { AnswerProgressService } from './answer-progress.service';
import { AnswerStore } from './answer-store';
import { ChatPlatform } from './chat-platform';
import { HarkError } from './errors';
import { LocalJobEvents } from '../queue/local-job-events';
import { JobEventListener, JobEvents } from './job-events';
import { PlatformRegistry } from './platform.registry';
import { ReplyTurns } from './reply-turns';
import { WaitingService } from './waiting.service';
import { workContext, workingFor } from './work-context';

const SOURCE = { kind: 'attachment', platform: 'here', ids: {} } as const;

describe('AnswerProgressService', () => {
  it('looks nothing up for an answer that was finished while others were looked up', async () => {
    const [first, second, third] = [1, 2, 3].map(() => new AnswerUnderTest({ platform: 'here' }, SOURCE));
    const all = [first, second, third].filter((answer) => answer !== undefined);
    const shown = new Journal<string>();
    const lookedUp: string[] = [];
    const gate = Promise.withResolvers<void>();
    let tell: JobEventListener = () => undefined;

    const answers = {
      find: async (id: string): Promise<Answer | undefined> => {
        lookedUp.push(id);
        await gate.promise;
        return all.find((answer) => answer.id === id)?.with([listening()]);
      },
      saveReply: () => Promise.resolve(true),
    } as unknown as AnswerStore;
    const platforms = new PlatformRegistry();
    platforms.add({
      name: 'here',
      limits: { editIntervalMs: 0 },
      report: ({ id }: Answer) => {
        shown.add(id);
        return Promise.resolve({ posted: id });
      },
    } as unknown as ChatPlatform);
    const events = {
      subscribe: (listener: JobEventListener) => {
        tell = listener;
        return () => undefined;
      },
    } as unknown as JobEvents;
    const waiting = { explain: (answer: Answer) => Promise.resolve(answer) } as WaitingService;
    const progress = new AnswerProgressService(answers, events, platforms, new ReplyTurns(), waiting);
    const { signal } = new AbortController();
    progress.begin({ number: 1, since: new Date(), signal, confirm: () => Promise.resolve() });

    for (const { id: answerId } of all)
      tell({ type: 'status', jobId: answerId, answerId, status: 'running' });
    // The plans are made for the next moment; the first of them then waits at the gate.
    while (lookedUp.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    tell({ type: 'status', jobId: '2', answerId: second?.id, status: 'delivering' });
    gate.resolve();
    await shown.until((ids) => ids.includes(third?.id ?? ''));
    expect(shown.entries).toEqual([first?.id, third?.id]);
    expect(lookedUp).toEqual([first?.id, third?.id]);
  });

  it('shows a draft in the end, though it could not be shown at first', async () => {
    const one = new AnswerUnderTest({ platform: 'here' }, SOURCE);
    const answers = {
      find: () => Promise.resolve(one.with([drafted('Hello Pete.')])),
      saveReply: () => Promise.resolve(true),
    } as unknown as AnswerStore;
    const shown = new Journal<string>();
    const busy = new HarkError('platform_unavailable', 'Busy.', { retryable: true });
    const platforms = new PlatformRegistry();
    platforms.add({
      name: 'here',
      limits: { editIntervalMs: 0 },
      report: ({ id }: Answer) => {
        shown.add(id);
        return shown.entries.length === 1 ? Promise.reject(busy) : Promise.resolve({ posted: id });
      },
    } as unknown as ChatPlatform);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const events = new LocalJobEvents();
    const waiting = { explain: (answer: Answer) => Promise.resolve(answer) } as WaitingService;
    const progress = new AnswerProgressService(answers, events, platforms, new ReplyTurns(), waiting);
    const term = new AbortController();
    const { signal } = term;
    progress.begin({ number: 1, since: new Date(), signal, confirm: () => Promise.resolve() });
    events.publish({ type: 'status', jobId: 'a', answerId: one.id, status: 'queued', drafted: true });
    await shown.until((ids) => ids.length === 2);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
    term.abort();
  });

  it('says on behalf of which notes a reply could not be updated, whoever had told of them', async () => {
    const one = new AnswerUnderTest({ platform: 'here' }, SOURCE);
    const two = new AnswerUnderTest({ platform: 'here' }, SOURCE);
    const lost = new AnswerUnderTest({ platform: 'here' }, SOURCE);
    const found = new Map<string, Answer>([
      [one.id, one.with([listening()])],
      [two.id, two.with([listening(), listening()])],
    ]);
    const answers = {
      find: (id: string) =>
        id === lost.id ? Promise.reject(new Error('the database is away')) : Promise.resolve(found.get(id)),
    } as unknown as AnswerStore;
    const refuse = (): Promise<never> => Promise.reject(new Error('refused'));
    const platforms = new PlatformRegistry();
    const limits = { editIntervalMs: 0 };
    platforms.add({ name: 'here', limits, report: refuse, retract: refuse } as unknown as ChatPlatform);
    const events = new LocalJobEvents();
    const waiting = { explain: (answer: Answer) => Promise.resolve(answer) } as WaitingService;
    const progress = new AnswerProgressService(answers, events, platforms, new ReplyTurns(), waiting);
    const said = new Journal<object>();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: { answerId: string }) => {
      said.add({ answerId: line.answerId, ...workContext() });
    });
    progress.begin({
      number: 1,
      since: new Date(),
      signal: new AbortController().signal,
      confirm: () => Promise.resolve(),
    });
    const posted = { address: { platform: 'here' }, reply: {} };
    workingFor({ jobId: 'another', platform: 'cli', stage: 'reading' }, () => {
      for (const { id: answerId } of [one, two, lost])
        events.publish({ type: 'status', jobId: `${answerId}-0`, answerId, status: 'running' });
      events.publish({ type: 'erased', jobId: 'gone', answerId: 'gone-too', posted });
    });
    await said.until((lines) => lines.length === 4);
    warn.mockRestore();
    const stage = 'showing';
    expect(said.entries).toEqual(
      expect.arrayContaining([
        { answerId: one.id, jobId: `${one.id}-0`, platform: 'here', stage },
        { answerId: two.id, jobIds: [`${two.id}-0`, `${two.id}-1`], platform: 'here', stage },
        { answerId: lost.id, jobId: `${lost.id}-0`, stage },
        { answerId: 'gone-too', jobId: 'gone', platform: 'here', stage },
      ]),
    );
  });
});
