import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startWay } from '../testing/way.ts';
import { startCrowd } from './parts/crowd.ts';
import { oneServer } from './parts/databases.ts';
import { type Fault, faults, type Grounds } from './parts/faults.ts';
import { startInstallation } from './parts/installation.ts';
import { account, openPage, signedIn } from './parts/page.ts';
import { patiently } from './parts/patiently.ts';
import { peopleOnBasic } from './parts/people.ts';
import { hasPrometheus, startPrometheus } from './parts/prometheus.ts';
import { buildSources } from './parts/versions.ts';

/**
 * `npm run campaign planted-faults`: ten faults are planted, one after the other, in a running product that Prometheus watches with the
 * alert rules as they are delivered, only with shorter times. Each fires its own alert and no other.
 */
const holdsMs = 8_000;
const longestMs = 300_000;

type Prometheus = Awaited<ReturnType<typeof startPrometheus>>;

async function run(): Promise<boolean> {
  const undo: (() => unknown)[] = [];
  try {
    const grounds = await prepare(undo);
    const { carillon, page } = grounds;
    const ports = [...carillon.webs, ...carillon.workers].map(({ opsPort }) => opsPort);
    const prometheus = await startPrometheus(carillon.folder, ports);
    undo.push(prometheus.stop);
    const refreshing = setInterval(() => void page.act('refreshMirror', { accountId: account }), 2_000);
    undo.push(() => clearInterval(refreshing));

    await prometheus.calm();
    let good = true;
    for (const fault of faults) good = (await tryFault(fault, grounds, prometheus)) && good;
    return good;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** The product at work: people are changed and lists refreshed without a pause worth speaking of. */
async function prepare(undo: (() => unknown)[]): Promise<Grounds> {
  const version = buildSources('first');
  const database = await oneServer(version);
  undo.push(database.stop);
  const way = await startWay(database.desk);
  undo.push(way.close);
  const disk = smallDisk(undo);
  const carillon = await startInstallation(
    version,
    { ...database, listen: way.url },
    { people: 300, each: 1, env: { AUDIT_CHECKPOINTS: join(disk.folder, 'audit-checkpoints.jsonl') } },
  );
  undo.push(carillon.stop);
  const [worker] = carillon.workers;
  if (!worker) throw new Error('There is no worker.');
  const helpdesk = await signedIn(carillon.db, carillon.url, carillon.cookieSecret, 'example-helpdesk');
  const page = openPage(helpdesk, version.folder, () => () => {});
  const [person = ''] = await patiently(() => peopleOnBasic(carillon.db));
  const crowd = startCrowd([person], () => page);
  undo.push(crowd.stop);
  return { carillon, worker, database, way, disk, version, page };
}

/** A disk of four megabytes where it can be mounted, else an ordinary folder. */
function smallDisk(undo: (() => unknown)[]): Grounds['disk'] {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-disk-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const place = join(folder, 'disk');
  mkdirSync(place);
  const isOwn = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'carillon-disk', place]).status === 0;
  if (isOwn) undo.push(() => spawnSync('umount', [place]));
  return { folder: place, isOwn };
}

/** Whether a fault fires its own alert, and no other within some seconds more; then it is mended and silence waited for. */
async function tryFault({ alert, name, skipped, plant }: Fault, grounds: Grounds, prometheus: Prometheus) {
  const reason = skipped?.(grounds);
  if (reason) {
    say(`  skipped: ${name}: ${reason}`);
    return true;
  }
  const begun = performance.now();
  const mend = await plant(grounds);
  const seen = new Set<string>();
  const look = async () => {
    for (const fired of await prometheus.firing()) seen.add(fired);
    await pause(500);
  };
  try {
    while (!seen.has(alert) && performance.now() - begun < longestMs) await look();
    const firedAt = performance.now();
    while (performance.now() - firedAt < holdsMs) await look();
    const isAlone = seen.size === 1 && seen.has(alert);
    const after = `after ${((firedAt - begun) / 1_000).toFixed()} s`;
    say(`  ${isAlone ? 'as it should' : 'NOT AS IT SHOULD'}: ${name}: ${[...seen].join(', ') || 'nothing'} ${after}`);
    return isAlone;
  } finally {
    await mend();
    await prometheus.calm();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (!hasPrometheus) say('Skipped: the planted faults need Prometheus (Debian: apt-get install prometheus)');
else if (!(await run())) process.exitCode = 1;
