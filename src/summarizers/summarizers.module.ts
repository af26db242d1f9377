import { Module } from '@nestjs/common';
import { DRIVERS } from '.';
import { Clock } from '../core/clock';
import { ClockModule } from '../core/clock.module';
import { FactsModule } from '../core/facts.module';
import { HealthCheck } from '../core/health-check';
import { HealthModule } from '../core/health.module';
import { HealthRegistry } from '../core/health.registry';
import { Summarizer, Summarizers } from '../core/summarizer';
import { Telemetry } from '../core/telemetry';
import { Settings } from '../settings/settings';
import { ChosenSummarizers } from './chosen-summarizers';
import { Circuit } from './circuit';
import { GuardedSummarizer } from './guarded.summarizer';
import { PartwiseSummarizer } from './partwise.summarizer';
import { SummarizerTimings } from './summarizer-timings';
import { SummarizersHealth } from './summarizers.health';

/** Gives the core its `Summarizers`: the drivers that the settings name, in their order, with patience around them. */
@Module({
  imports: [ClockModule, FactsModule, HealthModule, ...DRIVERS.map(({ module }) => module)],
  providers: [
    SummarizerTimings,
    {
      provide: Summarizers,
      inject: [
        Settings,
        SummarizerTimings,
        Clock,
        HealthRegistry,
        Telemetry,
        ...DRIVERS.flatMap(({ summarizer, health }) => [summarizer, health]),
      ],
      useFactory: (
        { summaries }: Settings,
        timings: SummarizerTimings,
        clock: Clock,
        registry: HealthRegistry,
        telemetry: Telemetry,
        ...made: (Summarizer | HealthCheck)[]
      ): Summarizers => {
        const watched = summaries.drivers.map((name) => {
          const place = DRIVERS.findIndex((one) => one.name === name);
          const circuit = new Circuit(name, timings, clock, telemetry);
          const driver = made[2 * place] as Summarizer;
          const guarded = new GuardedSummarizer(driver, circuit, timings, clock);
          // What is picked on this machine has no bounds to keep to.
          const summarizer = driver.way === 'picked' ? guarded : new PartwiseSummarizer(guarded);
          return { circuit, summarizer, parts: made[2 * place + 1] as HealthCheck };
        });
        registry.add(new SummarizersHealth(watched));
        return new ChosenSummarizers(
          watched.map(({ summarizer }) => summarizer),
          watched.map(({ circuit }) => circuit),
        );
      },
    },
  ],
  exports: [Summarizers],
})
export class SummarizersModule {}
