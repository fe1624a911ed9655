import { setTimeout as pause } from 'node:timers/promises';
import { hasPooler } from '../testing/pooler.ts';
import { submitBatch } from './parts/batch.ts';
import { breakOfChain, countOpen, countSteps, missingIn, readBooks, sizeOf } from './parts/books.ts';
import { startCrowd } from './parts/crowd.ts';
import { twoServersBehindPoolers } from './parts/databases.ts';
import { startInstallation } from './parts/installation.ts';
import { openPage, signedIn } from './parts/page.ts';
import { patiently } from './parts/patiently.ts';
import { peopleOnBasic } from './parts/people.ts';
import { runNode } from './parts/run-node.ts';
import { startTally } from './parts/tally.ts';
import { buildCommit, buildSources, commitBefore } from './parts/versions.ts';

/**
 * `npm run campaign one-run`: an upgrade, a lost primary and restarted poolers under operators who do not pause, in one run of the product
 * as several machines have it; at its end the books of Local Chime, of the changes and of the audit stand side by side.
 */
const people = 3_000;
const operators = 12;
const batchPeople = 1_200;
/** Choices that are waited for between two events. */
const some = 60;
const poolerRestarts = 3;

async function run(): Promise<boolean> {
  say('Build the version before, and this one twice, each in a folder of its own');
  const before = buildCommit(commitBefore(), 'before');
  const [here, there] = [buildSources('first'), buildSources('second')];
  say(`  ${[before, here, there].map(({ name }) => name).join('; ')}`);

  say(`Start ${before.name}: two database servers, two poolers, two webs, two workers, ${people} people`);
  const databases = await twoServersBehindPoolers(before);
  const { two, poolers } = databases;
  const carillon = await startInstallation(before, databases, { people, each: 2 }).catch(async (error: unknown) => {
    await databases.stop();
    throw error;
  });
  const { db, webs, workers, proxy, url } = carillon;
  const { control } = carillon.chime;
  try {
    const everybody = await patiently(() => peopleOnBasic(db));
    const tally = startTally();
    const helpdesk = await signedIn(db, url, carillon.cookieSecret, 'example-helpdesk');
    const admin = await signedIn(db, url, carillon.cookieSecret, 'example-admin');
    let loaded = before; // the build that the pages of half of the operators were loaded from
    const pageOf = (caller: number) => openPage(helpdesk, (caller % 2 === 0 ? before : loaded).folder, tally.ask);
    const crowd = startCrowd(everybody.splice(0, operators), pageOf);
    await crowd.more(some);
    await control.delay('BatchUpdateUser', 1_500, { count: 0 }); // so that a batch lasts through what happens
    const page = openPage(admin, before.folder, tally.ask);
    const listed = everybody.splice(0, batchPeople);

    say('Upgrade, in the midst of a batch');
    const first = await submitBatch(page, listed, 'Pro');
    await first.changed(1);
    const owner = { DATABASE_URL: two.url('migrate') };
    const { code, said } = await runNode(here, ['lib/migrate.ts', '--check'], owner, [0, 1]);
    say(`  migrate --check: ${said.replaceAll('\n', ' ')}`);
    if (code === 1) {
      const early = await runNode(here, ['lib/worker/main.ts'], carillon.env, [1]);
      say(`  a worker of this version before the migration: ${early.said}`);
    }
    await runNode(here, ['lib/migrate.ts'], owner);
    await crowd.more(some);
    say(`  ${crowd.choices.length} choices so far; the version before works on this version's schema`);
    for (const [at, place] of [...workers, ...webs].entries()) {
      await place.replaceBy(at % 2 === 0 ? here : there);
      await crowd.more(some / 2);
    }
    loaded = here;
    await crowd.more(some);
    say('  one web goes back to the version before, and forth again');
    for (const version of [before, there]) {
      await webs[1]?.replaceBy(version);
      await crowd.more(some / 2);
    }
    say(`  upgraded: ${crowd.choices.length} choices so far; ${tally.say()}`);
    const firstEnd = await first.over();

    say('Kill the primary with SIGKILL, in the midst of a batch, and promote the standby');
    const second = await submitBatch(page, listed, 'Basic');
    await second.changed(1);
    tally.enter('while there is no primary');
    const killedAt = performance.now();
    await two.killPrimary();
    await pause(1_000); // until a person, or a program that watches, decides it
    await two.promote();
    while (webs.some((web) => !proxy.serves(web))) await pause(50);
    tally.enter('with a primary');
    say(`  both webs ready again ${((performance.now() - killedAt) / 1_000).toFixed(1)} s after the kill`);
    await crowd.more(some);
    say(`  ${crowd.choices.length} choices so far; ${tally.say()}`);
    const secondEnd = await second.over();

    say(`Restart the pooler ${poolerRestarts} times, in the midst of a batch`);
    const third = await submitBatch(page, listed, 'Pro');
    await third.changed(1);
    tally.enter('while the pooler restarts');
    for (let round = 0; round < poolerRestarts; round += 1) {
      await poolers[1]?.restart();
      await crowd.more(some);
    }
    tally.enter('with a primary');
    const thirdEnd = await third.over();
    await crowd.more(some);

    say('Stop, and wait until every change has its outcome');
    await crowd.stop();
    while ((await patiently(() => countOpen(db))) > 0) await pause(500);
    return await closeBooks(carillon, crowd.choices, [firstEnd, secondEnd, thirdEnd], tally);
  } finally {
    await carillon.stop();
    await databases.stop();
  }
}

type Carillon = Awaited<ReturnType<typeof startInstallation>>;
type Ended = { state: string; changed: number; failed: number };

/** Prints the books side by side; the answer is whether they are equal, with nothing lost, doubled or badly answered. */
async function closeBooks(
  { chime, db, auditKey }: Carillon,
  choices: ReturnType<typeof startCrowd>['choices'],
  batches: Ended[],
  tally: ReturnType<typeof startTally>,
): Promise<boolean> {
  const { journal, changes, audit } = await patiently(() => readBooks(chime.control, db));
  const made = choices.filter(({ state }) => state === 'applied');
  const clicked = countSteps(made);
  const ofCallers = new Map([...journal].filter(([step]) => made.some(({ userId }) => step.startsWith(`${userId}:`))));
  const byBatches = batches.reduce((sum, { changed }) => sum + changed, 0);
  const [lost, doubled] = [missingIn(ofCallers, clicked), missingIn(clicked, ofCallers)];
  const broken = await patiently(() => breakOfChain(db, auditKey));
  say(`
                          all   by operators   by batches
  choices, as answered ${column(sizeOf(clicked) + byBatches)} ${column(sizeOf(clicked))} ${column(byBatches)}
  Local Chime's journal ${column(sizeOf(journal)).slice(1)} ${column(sizeOf(ofCallers))} ${column(sizeOf(journal) - sizeOf(ofCallers))}
  changes              ${column(sizeOf(changes))}   ${missingIn(changes, journal)} missing, ${missingIn(journal, changes)} too many
  audit                ${column(sizeOf(audit))}   ${missingIn(audit, journal)} missing, ${missingIn(journal, audit)} too many, chain ${broken ? `broken: ${JSON.stringify(broken)}` : 'whole'}

  ${choices.length} choices: ${made.length} applied${refused(choices)}, ${choices.filter(({ sent }) => sent > 1).length} sent more than once, ${lost} lost, ${doubled} doubled
  batches: ${batches.map(({ state, changed, failed }) => `${state}, ${changed} changed, ${failed} failed`).join('; ')}
  ${tally.say()}`);
  const equal = [changes, audit].every((book) => missingIn(book, journal) + missingIn(journal, book) === 0);
  const whole = batches.every(
    ({ state, changed, failed }) => state === 'done' && failed === 0 && changed === batchPeople,
  );
  // A choice that was not made was refused in words that say why.
  const told = choices.every(({ state, code }) => state === 'applied' || (state === 'failed' && code !== 'unexpected'));
  return equal && whole && told && lost + doubled === 0 && !broken && tally.faults() === 0;
}

/** What became of choices that were not made, by the reason their operators were told. */
function refused(choices: { state: string; code?: string }[]): string {
  const reasons = Map.groupBy(
    choices.filter(({ state }) => state !== 'applied'),
    ({ state, code }) => `${state}: ${code}`,
  );
  return [...reasons].map(([reason, of]) => `, ${of.length} ${reason}`).join('');
}

const column = (count: number) => String(count).padStart(8);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (!hasPooler) say('Skipped: the one run needs PgBouncer (Debian: apt-get install pgbouncer)');
else if (!(await run())) process.exitCode = 1;
