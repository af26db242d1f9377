import { ButtonInteraction } from 'discord.js';
import { jobIn } from '../../../../test/support/job-stages';
import { TestStorage, openTestStorage } from '../../../../test/support/storage';
import { Answer } from '../../../core/answer';
import { SummaryDeskService, SummaryDraft } from '../../../core/summary-desk.service';
import { SummaryPostsService } from '../../../core/summary-posts.service';
import { I18nextPhrasebook } from '../../../locales/i18next.phrasebook';
import { DISCORD_LIMITS } from '../discord-limits';
import { InteractionResponse } from '../interactions/interaction.response';
import { DiscordSummaryPosts } from './summary.posts';

describe('a summary posted on Discord', () => {
  let storage: TestStorage;
  beforeAll(async () => void (storage = await openTestStorage()));
  afterAll(() => storage.close());

  const posting = async (
    sumUp: (answer: Answer) => Promise<SummaryDraft[]>,
  ): Promise<{ shown: Promise<void>; standing: Set<string> }> => {
    const { answerId = '' } = await jobIn(storage, 'done', true);
    const answer = (await storage.answers.find(answerId)) as Answer;
    const standing = new Set<string>();
    const response = {
      post: () => Promise.resolve(standing.add('1') && '1'),
      edit: () => Promise.resolve(),
      retract: (id: string) => Promise.resolve(standing.delete(id)),
    } as unknown as InteractionResponse;
    const desk = { sumUp } as unknown as SummaryDeskService;
    const posts = new SummaryPostsService(storage.summaries);
    const button = {
      customId: 'hark:summarize-agreed:1',
      channelId: 'c',
      user: { id: 'ann', username: 'ann', displayName: 'Ann' },
    } as unknown as ButtonInteraction;
    const show = new DiscordSummaryPosts(desk, posts, new I18nextPhrasebook());
    return { shown: show.show(answer, button, response), standing };
  };
  const draftsOf = ({ parts }: Answer): SummaryDraft[] =>
    parts.map((part) => ({ part, text: 'Greta brings bread.' }));

  it('stays', async () => {
    const { shown, standing } = await posting((answer) => Promise.resolve(draftsOf(answer)));
    await shown;
    expect(standing.size).toBe(1);
  });

  it('goes when its words were erased while it was posted, by somebody who did not know of it', async () => {
    const { shown, standing } = await posting(async (answer) => {
      for (const { job } of answer.parts) await storage.jobs.erase(job.id);
      return draftsOf(answer);
    });
    await expect(shown).rejects.toMatchObject({ code: 'job_not_found' });
    expect(standing.size).toBe(0);
  });

  it('is given up before Discord lets nothing be changed any more', async () => {
    const life = jest.replaceProperty(DISCORD_LIMITS, 'interactionMs', 60_200);
    const { shown, standing } = await posting(() => new Promise(() => undefined));
    await expect(shown).rejects.toMatchObject({ code: 'summarizer_timeout', retryable: true });
    expect(standing.size).toBe(0);
    life.restore();
  });
});
