import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { checkpointsFile } from '../audit/keep-checkpoints.ts';
import { isLicense } from '../licenses/license.ts';
import { measured, type PoolState } from '../measured.ts';
import type { Watched } from './watch.ts';

/** Which program it is, and what it was made from. */
export type Build = { program: 'web' | 'worker'; version: string; schema: string };

const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts from now on what this process does. The answer gives all metrics in Prometheus's text format, with what the database said;
 * what it did not say is left out rather than told as it was before.
 */
export function openMetrics(build: Build): { text(watched: Watched): Promise<string>; names(): string[] } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countWhatHappens(registry);
  measureProcess(registry, build);
  const tell = gaugesOfDatabase(registry);
  return {
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    async text(watched) {
      tell(watched);
      return registry.metrics();
    },
  };
}

function countWhatHappens(registry: Registry): void {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, registers, buckets: quick });

  const requests = counter('carillon_requests_total', 'Answers of the web', ['route', 'method', 'status']);
  const requestSeconds = histogram('carillon_request_duration_seconds', 'How long answers took', ['route']);
  measured.on('request', ({ route, method, status, seconds, isStream }) => {
    requests.inc({ route, method, status });
    if (!isStream) requestSeconds.observe({ route }, seconds);
  });

  const actions = counter('carillon_actions_total', 'What operators attempted', ['action', 'outcome']);
  const actionSeconds = histogram('carillon_action_duration_seconds', 'How long actions took', ['action']);
  measured.on('action', ({ action, outcome, seconds }) => {
    actions.inc({ action, outcome });
    actionSeconds.observe({ action }, seconds);
  });

  const calls = counter('carillon_chime_requests_total', 'Calls to Chime', ['operation', 'status']);
  const callSeconds = histogram('carillon_chime_request_duration_seconds', 'How long calls took', ['operation']);
  measured.on('chimeCall', ({ operation, status, seconds }) => {
    calls.inc({ operation, status });
    callSeconds.observe({ operation }, seconds);
  });
  const refusals = counter('carillon_chime_refusals_total', 'What Chime refused: calls, and people of a call', [
    'code',
  ]);
  measured.on('chimeRefusal', ({ code }) => refusals.inc({ code }));

  const changes = counter('carillon_changes_total', 'Changes with an outcome', ['outcome', 'code']);
  measured.on('change', ({ outcome, code }) => changes.inc({ outcome, code }));
  const syncFailures = counter('carillon_sync_failures_total', 'Listings that did not finish', ['code']);
  measured.on('syncFailure', ({ code }) => syncFailures.inc({ code }));
  const signInFailures = counter('carillon_sign_in_failures_total', 'Sign-ins that failed', ['reason']);
  measured.on('signInFailure', ({ reason }) => signInFailures.inc({ reason }));
  const gaps = counter('carillon_listen_gaps_total', 'How often notices of other processes were missed');
  measured.on('listenGap', () => gaps.inc());

  const reads = counter('carillon_reads_total', 'What may be read from a replica, by where it was read', ['from']);
  measured.on('read', ({ from }) => reads.inc({ from }));

  const streams = new Gauge({ name: 'carillon_event_streams', help: 'Pages that hear of changes', registers });
  measured.on('eventStream', ({ step }) => streams.inc(step));
}

function measureProcess(registry: Registry, { program, version, schema }: Build): void {
  const registers = [registry];
  new Gauge({
    name: 'carillon_build_info',
    help: 'Which program this is; the value is 1',
    labelNames: ['program', 'version', 'schema'],
    registers,
  }).set({ program, version, schema }, 1);

  const listening = new Gauge({
    name: 'carillon_listening',
    help: 'Whether notices of other processes are heard',
    labelNames: ['program'],
    registers,
  });
  measured.on('listening', ({ isHeard }) => listening.set({ program }, isHeard ? 1 : 0));

  const pools: PoolState[] = [];
  measured.on('poolOpened', (pool) => pools.push(pool));
  const sumOf = (count: (pool: PoolState) => number) =>
    pools.reduce((sum, pool) => (pool.ended ? sum : sum + count(pool)), 0);
  new Gauge({
    name: 'carillon_database_connections',
    help: "Connections of this process's pool",
    labelNames: ['state'],
    registers,
    collect() {
      this.set(
        { state: 'used' },
        sumOf(({ totalCount, idleCount }) => totalCount - idleCount),
      );
      this.set(
        { state: 'idle' },
        sumOf(({ idleCount }) => idleCount),
      );
      this.set(
        { state: 'most' },
        sumOf(({ options }) => options.max),
      );
    },
  });
  new Gauge({
    name: 'carillon_database_waiting',
    help: 'Who waits for a connection of the pool',
    registers,
    collect() {
      this.set(sumOf(({ waitingCount }) => waitingCount));
    },
  });
  if (program !== 'worker') return;
  measureCheckpoints(registry);
  measureDisk(registry);
}

function measureCheckpoints(registry: Registry): void {
  let notedAt = performance.now();
  measured.on('checkpoint', () => {
    notedAt = performance.now();
  });
  new Gauge({
    name: 'carillon_audit_checkpoint_age_seconds',
    help: "Since when the audit's end has not been noted outside the database, or since the start",
    registers: [registry],
    collect() {
      this.set((performance.now() - notedAt) / 1_000);
    },
  });
}

/** The disk on which the checkpoints of the audit are; nothing is told while their folder is not there. */
function measureDisk(registry: Registry): void {
  const registers = [registry];
  const folder = dirname(checkpointsFile());
  const size = new Gauge({ name: 'carillon_disk_size_bytes', help: 'The disk of AUDIT_CHECKPOINTS', registers });
  new Gauge({
    name: 'carillon_disk_free_bytes',
    help: 'What is free of it',
    registers,
    async collect() {
      const disk = await statfs(folder).catch(() => undefined);
      if (disk === undefined) return;
      size.set(disk.bsize * disk.blocks);
      this.set(disk.bsize * disk.bavail);
    },
  });
}

function gaugesOfDatabase(registry: Registry): (watched: Watched) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('carillon_database_up', 'Whether the database answers');
  const hung = gauge('carillon_database_hung', 'Whether the database is there and does not answer within 2 s');
  const writable = gauge('carillon_database_writable', 'Whether the database can be written to');
  const offset = gauge('carillon_clock_offset_seconds', "How far the database's clock is ahead of this machine's");
  const workers = gauge('carillon_workers', 'Workers that were seen in the last 30 s');
  const syncAge = gauge('carillon_sync_age_seconds', 'How old the mirror of an account is', ['account']);
  const people = gauge('carillon_people', 'People by account and license', ['account', 'license']);
  const open = gauge('carillon_changes_open', 'Changes without an outcome');
  const unknown = gauge('carillon_changes_unknown', 'Changes that were sent and of which nobody knows the outcome');
  const openAge = gauge('carillon_change_oldest_open_age_seconds', 'Age of the oldest change without an outcome');
  const batchAge = gauge('carillon_batch_oldest_waiting_age_seconds', 'Since when a batch waits for a worker');
  const overdue = gauge('carillon_endings_overdue_age_seconds', 'For how long a temporary plan should have ended');
  const pace = gauge(
    'carillon_chime_pace_per_second',
    'Calls a second that Chime lets through, where a limit is known',
  );
  const drift = gauge('carillon_count_drift_people', 'How many people the counts and their steps differ by; must be 0');
  const backup = gauge('carillon_backup_last_success_timestamp_seconds', 'When a backup succeeded last');
  const single = [backup, writable, offset, workers, open, unknown, openAge, batchAge, overdue, pace, drift];

  return (watched) => {
    for (const one of single) one.remove();
    for (const one of [syncAge, people]) one.reset();
    up.set(watched.state === 'up' ? 1 : 0);
    hung.set(watched.state === 'hung' ? 1 : 0);
    if (watched.state !== 'up') return;
    const { figures, offsetSeconds } = watched;
    writable.set(figures.isWritable ? 1 : 0);
    offset.set(offsetSeconds);
    workers.set(figures.workers);
    for (const { id, age } of figures.accounts) syncAge.set({ account: id }, age);
    // Chime may name any license, and a label has few values.
    for (const { account, license, people: count } of figures.people) {
      people.inc({ account, license: isLicense(license) ? license : license === null ? 'none' : 'other' }, count);
    }
    open.set(figures.changesOpen);
    unknown.set(figures.changesUnknown);
    openAge.set(figures.oldestChangeAge ?? 0);
    batchAge.set(Math.max(0, figures.oldestBatchAge ?? 0));
    overdue.set(figures.endingsOverdueAge ?? 0);
    if (figures.pacePerSecond !== null) pace.set(figures.pacePerSecond);
    drift.set(figures.driftPeople);
    if (figures.backupAt !== null) backup.set(figures.backupAt);
  };
}
