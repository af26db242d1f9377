import { Module } from '@nestjs/common';
import { BACK_ENDS } from '.';
import { HarkError } from '../core/errors';
import { Transcriber } from '../core/transcriber';
import { Settings } from '../settings/settings';

/** Gives the core its `Transcriber`: the back end that the settings prefer. */
@Module({
  imports: BACK_ENDS.map(({ module }) => module),
  providers: [
    {
      provide: Transcriber,
      inject: [Settings, ...BACK_ENDS.map(({ transcriber }) => transcriber)],
      useFactory: (settings: Settings, ...backEnds: Transcriber[]) =>
        preferred(settings.transcribers, backEnds),
    },
  ],
  exports: [Transcriber, ...BACK_ENDS.map(({ module }) => module)],
})
export class TranscribersModule {}

/**
 * In the order of the setting; the first is asked.
 *
 * @throws HarkError `settings_invalid` for a name that no back end has
 */
function preferred(names: readonly string[], backEnds: readonly Transcriber[]): Transcriber {
  const chosen = names.map((name) => {
    const backEnd = backEnds.find((one) => one.name === name);
    if (backEnd) return backEnd;
    const known = backEnds.map((one) => one.name).join(', ');
    throw new HarkError('settings_invalid', `TRANSCRIBERS names something unknown. There is: ${known}.`);
  });
  const [first] = chosen;
  if (!first) throw new HarkError('settings_invalid', 'TRANSCRIBERS names no back end.');
  return first;
}
