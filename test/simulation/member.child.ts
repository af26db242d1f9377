import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { INestApplicationContext } from '@nestjs/common';
import { IntakeService } from '../../src/core/intake.service';
import { SeededRandom } from '../support/seeded-random';
import { SimulatedChat } from '../support/simulated-chat';
import { HearingTime } from '../support/simulated-ears';
import { openSimulatedMember } from '../support/simulated-member';
import { simulatedNote } from '../support/simulated-note';
import { StatementCounter } from '../support/statement-counter';
import { Arrivals, FromMember, MemberProcessOptions, ToMember } from './member-process';

const counter = new StatementCounter();
let submitted = 0;

async function main({ members, variables, hearingMs, chatMs, seed }: MemberProcessOptions): Promise<void> {
  const random = new SeededRandom(seed);
  const chat = new SimulatedChat(chatMs);
  const open = (): Promise<INestApplicationContext> =>
    openSimulatedMember({ variables, chat, hearing: new HearingTime(hearingMs, random) });
  const apps: INestApplicationContext[] = [];
  for (let n = 0; n < members; n++) apps.push(await open());
  const tell = (message: FromMember): void => void process.send?.(message);
  process.on('message', (message: ToMember) => {
    if (message.do === 'tally') {
      const { total: statements, milliseconds: statementMs } = counter;
      return tell({ tally: { statements, statementMs, chatRequests: chat.requests, submitted } });
    }
    const [first] = apps;
    if (first) void submit(first, message.arrivals, random).then(() => tell({ submitted }));
  });
  process.on('disconnect', () => process.exit());
  tell({ ready: true });
}

/** One by one at random moments, whether or not the earlier ones have been taken in. */
async function submit(app: INestApplicationContext, arrivals: Arrivals, random: SeededRandom): Promise<void> {
  const intake = app.get(IntakeService, { strict: false });
  const under: Promise<unknown>[] = [];
  const begun = performance.now();
  for (
    let at = 0;
    at < arrivals.seconds * 1000;
    at += (-Math.log(1 - random.next()) / arrivals.perSecond) * 1000
  ) {
    const wait = at - (performance.now() - begun);
    if (wait > 0) await pause(wait);
    const user = random.between(1, 1_000);
    const submitting = intake.submit(simulatedNote(arrivals.kind, user, randomUUID()));
    // A database that is too busy to take it in for ten seconds refuses it.
    const tooBusy = (): void => undefined;
    under.push(submitting.then(() => (submitted += 1), tooBusy));
  }
  await Promise.all(under);
}

void main(JSON.parse(process.argv[2] ?? '{}') as MemberProcessOptions);
