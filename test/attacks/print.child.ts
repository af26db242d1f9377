import { attackPage } from './attack-table';
import { downloadAttacks } from './downloads';

/* Makes every attack and prints the page of what became of it; exits with 1 when one was not met as it should be. */

async function main(): Promise<void> {
  const met = [];
  for (const attack of downloadAttacks()) {
    const outcome = await attack.attempt();
    if (outcome !== attack.outcome) {
      process.exitCode = 1;
      console.error(`${attack.group}: ${attack.what} is ${outcome}, not ${attack.outcome}`);
    }
    met.push({ ...attack, outcome });
  }
  console.log(attackPage(met));
}

void main();
