import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordExport } from '../lib/audit/record-export.ts';
import { openEntrance } from '../lib/auth/entrance.ts';
import type { Permission } from '../lib/auth/permissions.ts';
import type { Operator } from '../lib/auth/store.ts';
import { type BatchView, type ItemView, isOver, parts } from '../lib/batches/batch.ts';
import { type People, prepareBatch } from '../lib/batches/prepare-batch.ts';
import { countItems, everyItem, groupFailures, showBatch } from '../lib/batches/show-batch.ts';
import { steerBatch, submitBatch } from '../lib/batches/steer-batch.ts';
import { accountOfBatch } from '../lib/batches/store.ts';
import { connect } from '../lib/deps.ts';
import { readSettings } from '../lib/env.ts';
import { type FailureCode, Refusal } from '../lib/failures.ts';
import { log } from '../lib/log.ts';
import { texts } from '../lib/texts/catalogue.ts';
import { asHolder } from '../lib/tokens/admit-holder.ts';
import type { Holder } from '../lib/tokens/keep-tokens.ts';
import { leftSettings } from './left-settings.ts';
import {
  Ending,
  exit,
  peopleFrom,
  readArguments,
  type SetWish,
  type StatusWish,
  setWishFrom,
  statusWishFrom,
  tokenHere,
  type Values,
  wrong,
} from './license-arguments.ts';

/** To the person at the terminal; what programs read goes to the other stream. */
const tell = (line: string) => process.stderr.write(`${line}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Connection = ReturnType<typeof connect> & { token: string; requestId: string };

/** The same once somebody has been let in. */
type Admitted = Connection & { holder: Holder };

async function set(values: Values): Promise<number> {
  const wish = setWishFrom(values);
  const people = await peopleFrom(values, tell);
  return connected((connection) =>
    admit(connection, 'batches:run', wish.accountId, (admitted) => setAt(admitted, wish, people)),
  );
}

async function connected(run: (connection: Connection) => Promise<number>): Promise<number> {
  const token = tokenHere();
  const connection = connect(readHere());
  try {
    return await run({ ...connection, token, requestId: randomUUID() });
  } finally {
    await connection.db.destroy();
    connection.chime.disconnect();
  }
}

async function setAt(connection: Admitted, wish: SetWish, people: People): Promise<number> {
  const { settings, requestId, holder } = connection;
  const { operator, token } = holder;
  const { accountId, to, reason, isDry, isJson, isPatient } = wish;
  const by = {
    operatorId: operator.id,
    operatorName: operator.name,
    operatorRole: operator.role,
    groups: operator.groups,
    requestId,
    token,
  };
  const batchId = await prepareBatch(connection, { accountId, people, to, reason: reason || null }, by);
  const seen = seeBatch(connection, { accountId, batchId, operator });
  const preview = await seen.show();
  if (isDry || preview.total === 0) {
    if (isJson) print(await asJson(connection, preview, seen.address));
    else await printPreview(connection, preview);
    await steerBatch(connection, { accountId, batchId, steer: 'discard' }, by);
    return isEverybodySo(preview) || (isDry && isWhole(preview)) ? exit.done : exit.someLeft;
  }
  const { fingerprint } = preview;
  const state = await submitBatch(
    connection,
    { accountId, batchId, fingerprint, startAt: null },
    by,
    settings.BATCH_LIMITS,
  );
  if (state === 'waiting') {
    tell(texts.commandLine.waits(preview.total, seen.address));
    if (!isPatient) {
      if (isJson) print(await asJson(connection, await seen.show(), seen.address));
      return exit.waits;
    }
  }
  const end = await follow(seen);
  return tellEnd(connection, end, seen.address, isJson);
}

async function statusAt(connection: Connection, { batchId, isJson, isPatient }: StatusWish): Promise<number> {
  const accountId = await accountOfBatch(connection.db, batchId);
  return admit(connection, 'batches:view', accountId, async (admitted) => {
    if (accountId === undefined) throw new Refusal('invalid', texts.commandLine.noBatch(batchId));
    const seen = seeBatch(connection, { accountId, batchId, operator: admitted.holder.operator });
    const batch = isPatient ? await follow(seen) : await seen.show();
    return tellEnd(admitted, batch, seen.address, isJson);
  });
}

function admit<Output>(
  connection: Connection,
  needs: Permission,
  accountId: string | undefined,
  run: (admitted: Admitted) => Promise<Output>,
): Promise<Output> {
  const { db, settings, token, requestId } = connection;
  const wish = { needs, accountId, requestId };
  return asHolder(db, openEntrance(settings), token, wish, (holder) => run({ ...connection, holder }));
}

type Seen = { address: string; show(): Promise<BatchView> };

/** A batch as somebody sees it, and where it is on the page. */
function seeBatch(
  { db, settings }: Connection,
  { accountId, batchId, operator }: { accountId: string; batchId: string; operator: Operator },
): Seen {
  return {
    address: `${settings.PUBLIC_URL}/accounts/${accountId}/batches/${batchId}`,
    async show() {
      const batch = await showBatch(db, accountId, batchId, operator, settings.BATCH_LIMITS);
      if (!batch) throw new Refusal('invalid', texts.commandLine.noBatch(batchId));
      return batch;
    },
  };
}

async function tellEnd(connection: Admitted, batch: BatchView, address: string, isJson: boolean): Promise<number> {
  if (isJson) print(await asJson(connection, batch, address));
  else await printResult(connection, batch, address);
  if (batch.state === 'waiting') return exit.waits;
  return batch.state === 'done' && batch.failed === 0 && isWhole(batch) ? exit.done : exit.someLeft;
}

/** Whether everybody who was asked for is changed, or so already. */
const isWhole = ({ parts: of }: BatchView) => of.missing + of.forbidden + of.directory === 0;
const isEverybodySo = (batch: BatchView) => batch.total === 0 && isWhole(batch);

/** Waits for the end of a batch, or until it wants an answer. */
async function follow({ show, address }: Seen): Promise<BatchView> {
  process.once('SIGINT', () => {
    tell(texts.commandLine.goesOn(address));
    process.exit(exit.interrupted);
  });
  let said = '';
  for (;;) {
    const batch = await show();
    const line = texts.commandLine.progress(batch);
    if (line !== said) tell(line);
    said = line;
    if (isOver(batch.state) || batch.state === 'paused') return batch;
    await sleep(500);
  }
}

const shownOfEach = 20;

async function printPreview({ db }: Connection, batch: BatchView): Promise<void> {
  for (const part of parts) {
    if (batch.parts[part] === 0) continue;
    print(texts.commandLine.part(part, batch.parts[part]));
    let shown = 0;
    for await (const items of everyItem(db, batch.id)) {
      for (const item of items.filter((one) => one.part === part).slice(0, shownOfEach - shown)) {
        print(`  ${texts.commandLine.person(item)}`);
        shown += 1;
      }
      if (shown === shownOfEach) break;
    }
    if (batch.parts[part] > shown) print(`  ${texts.commandLine.more(batch.parts[part] - shown)}`);
  }
  print(texts.commandLine.nothingDone);
}

async function printResult({ db }: Connection, batch: BatchView, address: string): Promise<void> {
  print(texts.commandLine.result(batch));
  for (const { code, people } of await groupFailures(db, batch.id)) print(`  ${texts.commandLine.cause(code, people)}`);
  print(address);
}

/** Everybody of a batch: an export, and as such in the audit. */
async function asJson({ db, requestId, holder }: Admitted, batch: BatchView, address: string): Promise<string> {
  const accountId = await accountOfBatch(db, batch.id);
  const rows = await countItems(db, batch.id);
  await recordExport(db, { ...holder, requestId }, { what: 'batch', accountId, batchId: batch.id, filter: '', rows });
  const people: ItemView[] = [];
  for await (const items of everyItem(db, batch.id)) people.push(...items);
  return JSON.stringify({ address, batch, people });
}

/** The settings of this process, and where it has none those that `npm start` has left here. */
function readHere() {
  const left = leftSettings(process.env.CARILLON_HOME || '.carillon');
  // Not given to readSettings alone: the audit takes its keys from the environment.
  for (const [name, value] of Object.entries(left)) process.env[name] ||= value;
  return readSettings();
}

async function run(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    print(texts.commandLine.usage);
    return exit.done;
  }
  const [verb, batch, ...more] = positionals;
  if (verb === 'set' && batch === undefined) return set(values);
  if (verb !== 'status' || batch === undefined || more.length > 0) throw wrong(texts.commandLine.whatToDo);
  const wish = statusWishFrom(batch, values);
  return connected((connection) => statusAt(connection, wish));
}

/** How it ends, and with which line, when Carillon says no. */
const refusals: Partial<Record<FailureCode, { code: number; line?: string }>> = {
  'signed-out': { code: exit.noRight, line: texts.commandLine.badToken },
  'not-allowed': { code: exit.noRight, line: texts.commandLine.noRight },
  'unknown-account': { code: exit.usage },
  invalid: { code: exit.usage },
};

function endWith(error: unknown): number {
  const refused = error instanceof Refusal ? refusals[error.code] : undefined;
  tell(refused?.line ?? messageOf(error));
  return error instanceof Ending ? error.code : (refused?.code ?? exit.broken);
}

log.level = 'silent'; // what goes wrong is told here, to the person at the terminal
const code = await run().catch(endWith);
if (process.stdout.writableLength > 0) await once(process.stdout, 'drain');
process.exit(code);
