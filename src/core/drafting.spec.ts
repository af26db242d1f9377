import { Readable } from 'node:stream';
import { jobIn, lease, spoken } from '../../test/support/job-stages';
import { chatMessage, newJob } from '../../test/support/new-job';
import { ScriptedTranscriber, piece } from '../../test/support/scripted-transcriber';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { LocalJobEvents } from '../queue/local-job-events';
import { AudioAllowanceService } from './audio-allowance.service';
import { ChatPlatform } from './chat-platform';
import { SystemClock } from './clock';
import { DraftModelService } from './draft-model.service';
import { DraftingService } from './drafting.service';
import { HeardPiecesService } from './heard-pieces.service';
import { Draft, TranscriptionJob } from './job';
import { KeptResultsService } from './kept-results.service';
import { ListeningService } from './listening.service';
import { DecodedMedia, MediaReader } from './media';
import { MediaOpenerService } from './media-opener.service';
import { OutageService } from './outage.service';
import { PlatformRegistry } from './platform.registry';
import { Policy } from './policy';
import { QuotaRule } from './quota-rules';
import { RunningWork } from './running-work';
import { ShortSlotsService } from './short-slots.service';
import { SpeakerService } from './speaker.service';
import { Telemetry } from './telemetry';

const SHA256 = 'of the sound';
const SECONDS = 40;

/** One piece, whatever it is given. */
class OnePiece extends MediaReader {
  identify(): Promise<string> {
    return Promise.resolve('ogg/opus');
  }

  read(): Promise<DecodedMedia> {
    const pieces = Readable.from([piece(0)]);
    const milliseconds = { download: 0, decode: 0 };
    return Promise.resolve({
      format: 'ogg/opus',
      pieces,
      seconds: SECONDS,
      bytes: 9,
      sha256: SHA256,
      milliseconds,
    });
  }
}

describe('a draft', () => {
  const { signal } = new AbortController();
  let storage: TestStorage;
  let engine: ScriptedTranscriber;
  let kept: KeptResultsService;
  let models: DraftModelService;
  let drafting: DraftingService;
  let pieces: HeardPiecesService;
  let revises: boolean;
  beforeEach(async () => {
    storage = await openTestStorage();
    revises = true;
    engine = new ScriptedTranscriber('engine');
    engine.models.set('small', 'ready');
    const policy = {
      draftModel: 'small',
      reuseDays: 7,
      retentionDays: 0,
      soundMs: 60_000,
      slots: {},
    } as Policy;
    const clock = new SystemClock();
    const { jobs, answers, preferences } = storage;
    const platforms = new PlatformRegistry();
    platforms.add({ name: 'discord', canRevise: () => revises } as unknown as ChatPlatform);
    const telemetry = new Telemetry();
    kept = new KeptResultsService(jobs, preferences, engine, policy, clock);
    models = new DraftModelService(policy, engine, answers, platforms);
    drafting = new DraftingService(
      models,
      kept,
      { open: () => Promise.resolve({ stream: Readable.from([]) }) } as unknown as MediaOpenerService,
      new ListeningService(new OnePiece(), engine, policy, telemetry),
      {
        of: () => Promise.resolve({}),
        options: ({ options }: TranscriptionJob) => options,
      } as unknown as SpeakerService,
    );
    const events = new LocalJobEvents();
    const outages = new OutageService(policy);
    const slots = new ShortSlotsService(jobs, new RunningWork(events, policy), outages, policy);
    pieces = new HeardPiecesService(jobs, slots, events, outages, new AudioAllowanceService(jobs, clock));
  });
  afterEach(() => storage.close());

  const begun = async (audioRules?: QuotaRule[]): Promise<TranscriptionJob> => {
    const { job } = await storage.jobs.add({ ...newJob({ replyTo: chatMessage('voices') }), audioRules });
    return (await storage.jobs.claim(job.id, lease(), new Date()))!;
  };
  const follow = (job: TranscriptionJob) =>
    pieces.follow({ job, owner: 'here', signal, giveWay: () => undefined, end: () => undefined });
  const draft = async (job: TranscriptionJob): Promise<Draft | undefined> => {
    const listener = follow(job);
    return drafting.draft(job, signal, listener.draft).finally(() => listener.end());
  };

  it('is what the small model hears, and nothing of it is stored before it is whole', async () => {
    const job = await begun();
    expect(await draft(job)).toMatchObject({ transcript: { text: 'engine 0.1 engine 0.2' } });
    expect(await storage.jobs.segments(job.id)).toEqual([]);
  });

  it('is not made where it could not be shown, or be improved', async () => {
    revises = false;
    expect(await draft(await begun())).toBeUndefined();
    expect(engine.given).toEqual([]);
  });

  it('is not waited for while its model gets ready, which begins by that', async () => {
    engine.models.set('small', 'loading');
    engine.readiness = new Promise(() => undefined);
    expect(await draft(await begun())).toBeUndefined();
    expect([engine.given, engine.begun]).toEqual([[], ['small']]);
  });

  it('is not made of sound whose words are known', async () => {
    const earlier = await jobIn(storage, 'running', true);
    const job = (await storage.jobs.find(earlier.id))!;
    const { transcript, ...result } = spoken();
    const heard = { ...result, transcript: { ...transcript, madeBy: engine.describe() } };
    await storage.jobs.finish(job.id, earlier.owner, kept.keep(job, SHA256, heard), new Date());
    expect(await draft(await begun())).toBeUndefined();
    expect(engine.given).toEqual([]);
  });

  it('is not made of what there is no room for, and that is known from then on', async () => {
    const scope = { platform: 'discord', user: 'ada' };
    const job = await begun([{ of: 'person', name: 'audioMinutesPerDay', limit: 0.5, scope }]);
    const listener = follow(job);
    await listener.begins();
    expect(await drafting.draft(job, signal, listener.draft)).toBeUndefined();
    await expect(listener.begins()).rejects.toMatchObject({ code: 'quota_audio_minutes' });
    listener.end();
  });
});
