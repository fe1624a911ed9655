import { randomUUID } from 'node:crypto';
import { checkpointsFile, openCheckpoints } from '../audit/keep-checkpoints.ts';
import { tellCounted } from '../audit/record-refusal.ts';
import { openAuthConfig } from '../auth/auth-config.ts';
import { noteRead } from '../batches/run/freshness-store.ts';
import { readPeople } from '../batches/run/read-people.ts';
import { runBatches, startBatches, takeOverChunks } from '../batches/run/run-batches.ts';
import { runEndings } from '../changes/endings/run-endings.ts';
import { watchLateCalls } from '../changes/late/watch-late-calls.ts';
import { resolveChanges } from '../changes/resolve-changes.ts';
import { connect } from '../deps.ts';
import { beat, beatMs, signOff } from '../events/heartbeat-store.ts';
import { log } from '../log/log.ts';
import { measured } from '../measured.ts';
import { syncAccounts, syncDueAccount } from '../mirror/sync-mirror.ts';
import { openOps } from '../ops/ops-server.ts';
import { guardRestored } from '../restores/guard-restored.ts';
import { settings as checked } from '../settings/checked-settings.ts';
import { checkSchemaOrExit } from '../start-up.ts';
import { onStopSignal } from '../stop-signals.ts';
import { speak } from '../texts/languages.ts';
import { openTraces } from '../traces/open-traces.ts';
import { closeDays } from '../trend/ledger/close-days-store.ts';
import { keepMonths } from '../trend/ledger/days-store.ts';
import { openAlarm } from './alarm.ts';
import { repeat } from './repeat.ts';
import { forgetOld, tidyUp } from './tidy-up.ts';
import { isWorkDue } from './work-due-store.ts';
import { tellWorkLeft } from './work-left.ts';

/** Accounts listed side by side: a small one does not wait for a million people. */
const listingSlots = 3;

/** Calls for batches that are on their way at once: more than a quota of tens a second needs. */
const batchSlots = 8;

/** What is due without anybody calling for it, or whose call was missed, begins within this time. */
const lookMs = 1_000;

/** The worker: keeps the mirror fresh, and finds out what became of changes that nobody carries any more. */
const id = randomUUID();
const stopping = new AbortController();
await checkSchemaOrExit(checked);
const ops = await openOps('worker', checked);
const traces = await openTraces('worker', checked);
const { db, chime, settings } = connect(checked);
const deps = { db, chime };
const authConfig = openAuthConfig(settings);
const alarm = openAlarm(settings.DATABASE_LISTEN_URL ?? settings.DATABASE_URL);
const { compare, unlessRestored } = guardRestored(
  db,
  openCheckpoints(checkpointsFile(), undefined, { isNew: process.env.CHECKPOINTS_ARE_NEW === '1' }),
);

onStopSignal(() => {
  ops.drain();
  stopping.abort();
});
await speak(settings.UI_LANGUAGE);

async function bringUpToDate(): Promise<void> {
  while (!stopping.signal.aborted) {
    const done = await syncDueAccount(deps, stopping.signal, (page) => noteRead(db, page));
    if (!done) return;
    if (done.failure) measured.emit('syncFailure', { code: done.failure });
    log.info(done, done.failure ? 'A listing did not finish' : 'The mirror is up to date');
  }
}

/** Does its work at once when there is some, and looks by itself now and then. */
const whenCalled = (what: string, run: () => Promise<unknown>) =>
  repeat(what, 60_000, stopping.signal, () => unlessRestored(run), alarm.waiting());

log.info('The worker has started');
await compare().catch((error: unknown) =>
  log.error({ err: error }, 'Could not compare the audit with its checkpoints'),
);
await tellWorkLeft(deps);
await Promise.all([
  repeat('say that it is there', beatMs, stopping.signal, () => beat(db, id)),
  repeat('learn the accounts', 60_000, stopping.signal, () =>
    unlessRestored(() => syncAccounts(deps, stopping.signal)),
  ),
  repeat('look for work', lookMs, stopping.signal, async () => {
    if (await isWorkDue(deps)) alarm.ring();
  }),
  ...Array.from({ length: listingSlots }, () => whenCalled('bring the mirror up to date', bringUpToDate)),
  whenCalled('let batches begin', () => startBatches(deps)),
  whenCalled('read people of batches', () => readPeople(deps, stopping.signal)),
  ...Array.from({ length: batchSlots }, () =>
    whenCalled('run batches', () => runBatches(deps, authConfig, stopping.signal)),
  ),
  whenCalled('take over what another worker was at', () => takeOverChunks(deps, authConfig, stopping.signal)),
  whenCalled('end plans whose time is over', () => runEndings(deps, stopping.signal)),
  whenCalled('resolve open changes', () => resolveChanges(deps)),
  whenCalled('look for late calls', () => watchLateCalls(deps)),
  repeat('keep a checkpoint of the audit', 60_000, stopping.signal, async () => {
    await compare();
    measured.emit('checkpoint');
  }),
  repeat('tell of refused attempts', 10_000, stopping.signal, () => tellCounted(db)),
  repeat('close the days of the counts', 30_000, stopping.signal, () => closeDays(db, settings.REPORT_ZONE)),
  repeat('keep the months of the counts', 3_600_000, stopping.signal, () => keepMonths(db)),
  repeat('tidy up', 60_000, stopping.signal, () => tidyUp(db)),
  repeat('forget what is old', 3_600_000, stopping.signal, () => unlessRestored(() => forgetOld(db, stopping.signal))),
]);
await compare().catch((error: unknown) => log.error({ err: error }, 'Could not keep a last checkpoint of the audit'));
await signOff(db, id).catch((error: unknown) => log.error({ err: error }, 'Could not say that the worker stops'));
await ops.close();
await traces.close();
await alarm.stop();
await db.destroy();
chime.disconnect();
log.info('The worker has stopped');
