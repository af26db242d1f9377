import { Module } from '@nestjs/common';
import { BACK_ENDS } from '.';
import { Clock } from '../core/clock';
import { ClockModule } from '../core/clock.module';
import { HarkError } from '../core/errors';
import { FactsModule } from '../core/facts.module';
import { HealthCheck } from '../core/health-check';
import { HealthModule } from '../core/health.module';
import { HealthRegistry } from '../core/health.registry';
import { Telemetry } from '../core/telemetry';
import { Transcriber } from '../core/transcriber';
import { Settings } from '../settings/settings';
import { Circuit } from './circuit';
import { CircuitTimings } from './circuit-timings';
import { TranscriberChain } from './transcriber-chain';
import { TranscribersHealth } from './transcribers.health';

/** Gives the core its `Transcriber`: the back ends that the settings name, in their order. */
@Module({
  imports: [ClockModule, FactsModule, HealthModule, ...BACK_ENDS.map(({ module }) => module)],
  providers: [
    CircuitTimings,
    {
      provide: TranscriberChain,
      inject: [
        Settings,
        CircuitTimings,
        Clock,
        HealthRegistry,
        Telemetry,
        ...BACK_ENDS.flatMap(({ transcriber, health }) => [transcriber, health]),
      ],
      useFactory: (
        { transcribers, roles }: Settings,
        timings: CircuitTimings,
        clock: Clock,
        registry: HealthRegistry,
        telemetry: Telemetry,
        ...made: (Transcriber | HealthCheck)[]
      ): TranscriberChain => {
        const watched = placesOf(transcribers).map((place) => ({
          circuit: new Circuit(made[2 * place] as Transcriber, timings, clock, telemetry),
          parts: made[2 * place + 1] as HealthCheck,
        }));
        // Commands have no roles, and `hark doctor` wants to know.
        registry.add(new TranscribersHealth(watched, roles.size === 0 || roles.has('worker')));
        return new TranscriberChain(watched.map(({ circuit }) => circuit));
      },
    },
    { provide: Transcriber, useExisting: TranscriberChain },
  ],
  exports: [Transcriber, ...BACK_ENDS.map(({ module }) => module)],
})
export class TranscribersModule {}

/**
 * Where in the registry the named back ends are.
 *
 * @throws HarkError `settings_invalid` for a name that no back end has
 */
function placesOf(names: readonly string[]): number[] {
  if (names.length === 0) throw new HarkError('settings_invalid', 'TRANSCRIBERS names no back end.');
  return names.map((name) => {
    const place = BACK_ENDS.findIndex((one) => one.name === name);
    if (place >= 0) return place;
    const known = BACK_ENDS.map((one) => one.name).join(', ');
    throw new HarkError('settings_invalid', `TRANSCRIBERS names something unknown. There is: ${known}.`);
  });
}
