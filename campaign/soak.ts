import { setTimeout as pause } from 'node:timers/promises';
import { submitBatch } from './parts/batch.ts';
import { breakOfChain, countOpen, missingIn, readBooks, sizeOf } from './parts/books.ts';
import { startCrowd } from './parts/crowd.ts';
import { oneServer } from './parts/databases.ts';
import { startInstallation } from './parts/installation.ts';
import { account, openPage, type Page, signedIn } from './parts/page.ts';
import { patiently } from './parts/patiently.ts';
import { peopleOnBasic } from './parts/people.ts';
import { takeSample, tellGrowth } from './parts/samples.ts';
import { startTally } from './parts/tally.ts';
import { buildSources } from './parts/versions.ts';

/**
 * `npm run campaign soak`: everything an installation does, for as long as `SOAK_MINUTES` says, while its memory and its tables are looked
 * at; then what they were in the first quarter beside what they are at the end.
 */
const minutes = Number(process.env.SOAK_MINUTES ?? 5);
const samples = 24;
const operators = 3;
const batchPeople = 200;
/** As in an office, so that what is looked at is the time and not the load. */
const choicePauseMs = 1_000;

async function run(): Promise<boolean> {
  const version = buildSources('first');
  const databases = await oneServer(version);
  const carillon = await startInstallation(version, databases, { people: 2_000, each: 1 }).catch(
    async (error: unknown) => {
      await databases.stop();
      throw error;
    },
  );
  const { db, url, chime, auditKey, cookieSecret, webs, workers } = carillon;
  try {
    const everybody = await patiently(() => peopleOnBasic(db));
    const tally = startTally();
    const [helpdesk, admin] = [
      await signedIn(db, url, cookieSecret, 'example-helpdesk'),
      await signedIn(db, url, cookieSecret, 'example-admin'),
    ];
    const page = openPage(helpdesk, version.folder, tally.ask);
    const crowd = startCrowd(everybody.splice(0, operators), () => page, choicePauseMs);
    const others = startOthers(openPage(admin, version.folder, tally.ask), everybody.splice(0, batchPeople));

    const taken = [];
    for (let sample = 0; sample < samples; sample += 1) {
      await Promise.race([pause((minutes * 60_000) / samples), others.broken]);
      taken.push(await patiently(() => takeSample(db, { web: webs[0], worker: workers[0] })));
      say(`  ${sample + 1} of ${samples}: ${crowd.choices.length} choices, ${others.say()}`);
    }
    await crowd.stop();
    await others.stop();
    while ((await patiently(() => countOpen(db))) > 0) await pause(500);
    const growth = tellGrowth(taken);
    say(growth.text);
    const { journal, changes, audit } = await patiently(() => readBooks(chime.control, db));
    const unequal = [changes, audit].flatMap((book) => [missingIn(book, journal), missingIn(journal, book)]);
    say(`  books: ${[journal, changes, audit].map(sizeOf).join(', ')}, ${unequal.join(', ')} apart; ${tally.say()}`);
    const isWhole =
      (await patiently(() => breakOfChain(db, auditKey))) === null && unequal.every((count) => count === 0);
    return isWhole && tally.faults() === 0 && growth.isSteady;
  } finally {
    await carillon.stop();
    await databases.stop();
  }
}

/** Batches to and fro, refreshed lists, event streams that come and go, exports and pages, each again and again. */
function startOthers(page: Page, people: string[]) {
  const done: Record<string, number> = {};
  let isOver = false;
  const again = async (name: string, pauseMs: number, act: (turn: number) => Promise<unknown>) => {
    for (let turn = 0; !isOver; turn += 1) {
      await act(turn);
      done[name] = turn + 1;
      await pause(pauseMs);
    }
  };
  const all = Promise.all([
    again('batches', 5_000, async (turn) => (await submitBatch(page, people, turn % 2 === 0 ? 'Pro' : 'Basic')).over()),
    again('listings', 15_000, () => page.act('refreshMirror', { accountId: account })),
    again('streams', 1_000, () => page.listen(`/api/accounts/${account}/events`, 3_000)),
    again('exports', 5_000, async () => {
      await page.readAll(`/api/accounts/${account}/users/export`);
      await page.readAll(`/api/accounts/${account}/audit/export?format=jsonl&q=${people[0]}`);
    }),
    again('pages', 1_000, async () => {
      await page.readAll(`/accounts/${account}/users?q=an`);
      await page.readAll(`/accounts/${account}/licenses`);
      await page.readAll(`/accounts/${account}/audit`);
    }),
  ]);
  all.catch(() => {}); // `broken` and `stop` tell of it
  return {
    /** Never comes, but with the error that ended one of them. */
    broken: all.then(() => new Promise<never>(() => {})),
    say: () =>
      Object.entries(done)
        .map(([name, count]) => `${count} ${name}`)
        .join(', '),
    async stop() {
      isOver = true;
      await all;
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (!(await run())) process.exitCode = 1;
