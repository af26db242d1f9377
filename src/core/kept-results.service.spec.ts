import { spoken } from '../../test/support/job-stages';
import { newJob } from '../../test/support/new-job';
import { ScriptedTranscriber } from '../../test/support/scripted-transcriber';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { SystemClock } from './clock';
import { TranscriptionJob } from './job';
import { KeptResultsService } from './kept-results.service';
import { isConfidential } from './confidential';
import { Policy } from './policy';
import { ReplyAddress, TranscriptionOptions } from './voice-note';

const HEARD = { ...spoken(), transcript: { ...spoken().transcript, madeBy: 'the model of engine' } };

describe('what is kept of a result', () => {
  let storage: TestStorage;
  beforeAll(async () => void (storage = await openTestStorage()));
  afterAll(() => storage.close());

  const service = (policy: Partial<Policy> = {}) => {
    const rules = { reuseDays: 7, retentionDays: 30, ...policy } as Policy;
    const engine = new ScriptedTranscriber('engine');
    return new KeptResultsService(storage.jobs, storage.preferences, engine, rules, new SystemClock());
  };
  const place = { platform: 'slack', workspace: 'T1', channel: 'C1', message: '1' };
  const job = (
    replyTo?: ReplyAddress,
    more: { private?: boolean; options?: Partial<TranscriptionOptions> } = {},
  ): TranscriptionJob => {
    const { note } = newJob({ replyTo });
    const all = { ...note, ...more, options: { ...note.options, ...more.options } };
    return { ...all, confidential: isConfidential(all) } as unknown as TranscriptionJob;
  };
  const kept = (of: TranscriptionJob, policy?: Partial<Policy>, sha256: string | undefined = 'a') =>
    service(policy).keep(of, sha256, HEARD).keptAs;

  it('is shared in the workspace, unless it was private or said between two', () => {
    expect(kept(job(place))?.place).toBe('T1');
    expect(kept(job(place, { private: true }))?.place).toBeUndefined();
    expect(kept(job({ ...place, channel: 'D1', direct: true }))?.place).toBeUndefined();
    expect(kept(job())?.place).toBeUndefined();
  });

  it('is found by audio, platform, options and who listened, and by nothing else', () => {
    const key = (...of: Parameters<typeof kept>) => kept(...of)?.key;
    expect(key(job(place))).toBe(key(job({ ...place, channel: 'C2' }, { private: true })));
    const others = [
      key(job(place), {}, 'b'),
      key(job({ ...place, platform: 'discord' })),
      key(job(place, { options: { language: 'de' } })),
      key(job(place, { options: { translate: true } })),
      key(job(place, { options: { prompt: 'Peter' } })),
      service().keep(job(place), 'a', { ...HEARD, transcript: { ...HEARD.transcript, madeBy: 'other' } })
        .keptAs?.key,
    ];
    expect(new Set([key(job(place)), ...others]).size).toBe(others.length + 1);
  });

  it('is nothing where the admin does not want it, or the audio is not known', () => {
    expect(kept(job(place), { reuseDays: 0 })).toBeUndefined();
    expect(service().keep(job(place), undefined, HEARD).keptAs).toBeUndefined();
    expect(kept(job(place), { retentionDays: 0 })).toBeDefined();
  });

  it('is not served when it is off, or older than retention', async () => {
    const { job: asked } = await storage.jobs.add(newJob({ replyTo: place }));
    const long = new Date(Date.now() - 3 * 86_400_000);
    await storage.jobs.claim(asked.id, { owner: 'a', until: long }, long);
    await storage.jobs.finish(asked.id, 'a', service().keep(asked, 'a', HEARD), long);
    const again = { ...asked, id: 'again' };
    await expect(service().ofAudio(again, 'a')).resolves.toMatchObject({ reused: true });
    await expect(service({ retentionDays: 2 }).ofAudio(again, 'a')).resolves.toBeUndefined();
    await expect(service({ reuseDays: 0 }).ofAudio(again, 'a')).resolves.toBeUndefined();
    await expect(service().ofAudio({ ...again, fresh: true }, 'a')).resolves.toBeUndefined();
  });

  it('is served for the same file of the same message by the same rules, before anything is downloaded', async () => {
    const read = async (madeBy: string, at: Date) => {
      const { job: asked } = await storage.jobs.add({ ...newJob({ seconds: 3 }), contentKey: madeBy });
      await storage.jobs.claim(asked.id, { owner: 'a', until: at }, at);
      await storage.jobs.finish(asked.id, 'a', { ...HEARD, transcript: { ...HEARD.transcript, madeBy } }, at);
      return { ...asked, id: 'again' };
    };
    const again = await read('the model of engine', new Date(Date.now() - 3 * 86_400_000));
    await expect(service().find(again)).resolves.toMatchObject({ reused: true });
    await expect(service({ reuseDays: 2 }).find(again)).resolves.toBeUndefined();
    await expect(service({ reuseDays: 0 }).find(again)).resolves.toBeUndefined();
    // The admin has chosen another model since then.
    await expect(service().find(await read('another model of engine', new Date()))).resolves.toBeUndefined();
  });
});

describe('what is served for the same note of the same message', () => {
  let storage: TestStorage;
  beforeAll(async () => void (storage = await openTestStorage()));
  afterAll(() => storage.close());

  it('was heard with the same terms in mind, or corrected by a person; not so for the same sound elsewhere', async () => {
    const rules = { reuseDays: 7, retentionDays: 30 } as Policy;
    const engine = new ScriptedTranscriber('engine');
    const service = new KeptResultsService(
      storage.jobs,
      storage.preferences,
      engine,
      rules,
      new SystemClock(),
    );
    const now = new Date();
    const { job } = await storage.jobs.add({ ...newJob({ seconds: 3 }), contentKey: 'same' });
    await storage.jobs.claim(job.id, { owner: 'a', until: now }, now);
    const heard = { ...service.keep(job, 'sound', HEARD), glossaryKey: 'terms' };
    await storage.jobs.finish(job.id, 'a', heard, now);
    const again = { ...job, id: 'again' };
    expect(await service.find({ ...again, glossaryKey: 'terms' })).toMatchObject({ reused: true });
    expect(await service.find({ ...again, glossaryKey: 'other' })).toBeUndefined();
    expect(await service.find(again)).toBeUndefined();

    const segments = HEARD.transcript.segments.map((segment) => ({ ...segment, text: 'Better.' }));
    const basedOn = HEARD.transcript.text;
    await storage.corrections.correct(job.id, { segments, by: 'author', basedOn }, now);
    const served = await service.find({ ...again, glossaryKey: 'other' });
    expect(served?.transcript).toMatchObject({ text: 'Better.', corrected: { by: 'author' } });
    expect((await service.ofAudio(again, 'sound'))?.transcript).toEqual(HEARD.transcript);
  });
});
