import { Answer, Reply } from '../../../src/core/answer';
import { HarkError } from '../../../src/core/errors';
import { listening, spoken } from '../../support/answers';
import { ChatRig, errorOf } from './platform-under-test';
import { SENTENCES } from './sentences';

const MOST_ATTEMPTS = 5;

/** The answer is there once, whatever was lost or went wrong on the way. */
export function describeExactlyOnce(rig: ChatRig): void {
  const { report, deliver, seen, texts, signal } = rig;

  describe('whatever dies in between', () => {
    const text = SENTENCES.slice(0, 120).join(' ');
    const whole = (): string => texts().join(' ').split(/\s+/).join(' ');

    it('a report whose reply was lost is found again', async () => {
      await rig.platform.report(rig.answer.with([listening()]), signal);
      await rig.platform.report(rig.answer.with([listening('One.')]), signal);
      expect(texts()).toEqual([expect.stringContaining('One.')]);
      await deliver(spoken('One. Two.'));
      expect(texts()).toEqual([expect.stringContaining('One. Two.')]);
    });

    it.each([
      ['at once', 0],
      ['minutes later', 5 * 60_000],
      ['when the platform has forgotten', 20 * 60_000],
    ])('a delivery whose reply was lost is found again %s', async (_, later) => {
      await report(listening());
      await rig.platform.deliver(rig.answer.with([spoken(text)]), signal);
      const before = seen();
      rig.bench.pass(later);
      rig.answer.reply = await rig.platform.deliver(rig.answer.with([spoken(text)]), signal);
      expect(seen()).toEqual(before);
      expect(whole()).toContain(text);
      await deliver(spoken('Short.'));
      expect(texts()).toEqual([expect.stringContaining('Short.')]);
    });

    it.each([0, 20 * 60_000])('even all that was known may be lost, %d ms ago', async (later) => {
      await rig.platform.report(rig.answer.with([listening()], undefined), signal);
      rig.bench.pass(later);
      await rig.platform.deliver(rig.answer.with([spoken(text)], undefined), signal);
      rig.bench.pass(later);
      await rig.platform.deliver(rig.answer.with([spoken(text)], undefined), signal);
      expect(whole().split('Sentence number 7 says')).toHaveLength(2);
      expect(whole()).toContain(text);
    });
  });

  describe('trouble on the way', () => {
    /** As the core's delivery does: again and again, as long as the error says that it is worth it. */
    const untilDelivered = async (make: () => Answer): Promise<Reply> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await rig.platform.deliver(make(), signal);
        } catch (error) {
          if (!(error instanceof HarkError && error.retryable) || attempt === MOST_ATTEMPTS) throw error;
        }
      }
    };
    const text = SENTENCES.slice(0, 100).join(' ');

    it.each([
      ['rate-limited', 'post'],
      ['unavailable', 'post'],
      ['cut', 'post'],
      ['lost', 'post'],
      ['rate-limited', 'edit'],
      ['unavailable', 'edit'],
      ['cut', 'edit'],
      ['lost', 'edit'],
    ] as const)('%s at a %s: the answer is there once', async (kind, request) => {
      rig.bench.trouble(kind, request, 3);
      const reported = await errorOf(report(listening()));
      if (reported !== undefined) expect(reported).toMatchObject({ name: 'HarkError', retryable: true });
      rig.answer.reply = await untilDelivered(() => rig.answer.with([spoken('Short.')]));
      rig.answer.reply = await untilDelivered(() => rig.answer.with([spoken(text)]));
      expect(texts().join(' ').split(/\s+/).join(' ')).toContain(text);
      expect(texts().join(' ').split('Sentence number 7 says')).toHaveLength(2);
      expect(texts().join(' ')).not.toMatch(/Listening|Short\./);
    });
  });
}
