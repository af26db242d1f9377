import { Counter, Gauge, Registry } from 'prom-client';
import { Fact } from '../../core/telemetry';

/** What is summed up, as numbers. Series begin with the drivers that the settings name: without any there are none. */
export class SummaryMetrics {
  private readonly summaries: Counter<'driver' | 'outcome'>;
  private readonly tokens: Counter<'driver' | 'direction'>;
  private readonly inUse: Gauge<'driver'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.summaries = new Counter({
      name: 'hark_summaries_total',
      help: 'Summaries that were asked for: written, kept (there already), or the error code.',
      labelNames: ['driver', 'outcome'],
      registers,
    });
    this.tokens = new Counter({
      name: 'hark_summary_tokens_total',
      help: 'Tokens that models have read and written for summaries.',
      labelNames: ['driver', 'direction'],
      registers,
    });
    this.inUse = new Gauge({
      name: 'hark_summarizer_in_use',
      help: '1 while the driver is asked for summaries, 0 while its circuit is open.',
      labelNames: ['driver'],
      registers,
    });
  }

  count({ driver, outcome, use }: Extract<Fact, { type: 'summary' }>): void {
    this.summaries.inc({ driver, outcome });
    this.tokens.inc({ driver, direction: 'input' }, use.input);
    this.tokens.inc({ driver, direction: 'output' }, use.output);
  }

  show({ name: driver, inUse }: Extract<Fact, { type: 'summarizer' }>): void {
    this.inUse.set({ driver }, inUse ? 1 : 0);
    for (const outcome of ['written', 'kept']) this.summaries.inc({ driver, outcome }, 0);
    for (const direction of ['input', 'output']) this.tokens.inc({ driver, direction }, 0);
  }
}
