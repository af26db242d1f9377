import { TestStorage, openTestStorage } from '../../test/support/storage';
import { Policy } from './policy';
import { Summarizer, Summarizers } from './summarizer';
import { SummaryDeskService, hostMark } from './summary-desk.service';
import { SummaryOfferService } from './summary-offer.service';
import { SummaryWriterService } from './summary-writer.service';

const ANN = { id: 'ann', name: 'Ann' };

describe('consent to summaries elsewhere', () => {
  let storage: TestStorage;
  beforeAll(async () => void (storage = await openTestStorage()));
  afterAll(() => storage.close());

  const deskFor = (host: string): SummaryDeskService => {
    const policy = { feature: () => true, summaries: { userChoice: false } } as unknown as Policy;
    const all: Summarizers = { all: [{ name: 'openai', host } as Summarizer] };
    const offer = new SummaryOfferService(all, storage.preferences, policy);
    return new SummaryDeskService(offer, {} as SummaryWriterService, storage.preferences, policy);
  };

  it('is for the host that was shown, and for no other that has taken its place', async () => {
    const desk = deskFor('new.example');
    for (const shown of [hostMark('old.example'), undefined, '']) {
      await desk.agree('discord', ANN, shown);
      expect(await desk.untold('discord', ANN)).toBe('new.example');
    }
    await desk.agree('discord', ANN, hostMark('new.example'));
    expect(await desk.untold('discord', ANN)).toBeUndefined();
    expect(await deskFor('old.example').untold('discord', ANN)).toBe('old.example');
  });
});
