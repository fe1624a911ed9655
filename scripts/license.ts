import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, parseEnv } from 'node:util';
import { isInScope } from '../lib/auth/access.ts';
import { openEntrance } from '../lib/auth/entrance.ts';
import { may } from '../lib/auth/permissions.ts';
import type { Operator } from '../lib/auth/store.ts';
import { type BatchView, type ItemView, isOver, parts } from '../lib/batches/batch.ts';
import { readPeopleFile } from '../lib/batches/people-file.ts';
import { type People, prepareBatch } from '../lib/batches/prepare-batch.ts';
import { everyItem, groupFailures, showBatch } from '../lib/batches/show-batch.ts';
import { steerBatch, submitBatch } from '../lib/batches/steer-batch.ts';
import { connect } from '../lib/deps.ts';
import { readSettings } from '../lib/env.ts';
import { Refusal } from '../lib/failures.ts';
import { chimeId } from '../lib/id.ts';
import { isLicense, type License } from '../lib/licenses/license.ts';
import { log } from '../lib/log.ts';
import { texts } from '../lib/texts/catalogue.ts';
import { operatorWithToken } from '../lib/tokens/keep-tokens.ts';

/** How the command ends; told in its usage. */
const exit = { done: 0, someLeft: 1, usage: 2, waits: 3, noRight: 4, broken: 5, interrupted: 130 } as const;

/** What ends the command with a line for whoever called it. */
class Ending extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const options = {
  account: { type: 'string' },
  to: { type: 'string' },
  csv: { type: 'string' },
  users: { type: 'string' },
  filter: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  'skip-complaints': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof read>['values'];
type Wish = { accountId: string; to: License | null; reason: string; isDry: boolean; isJson: boolean };

function read() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Ending(exit.usage, `${messageOf(error)}\n\n${texts.commandLine.usage}`);
  }
}

const wrong = (message: string) => new Ending(exit.usage, `${message}\n\n${texts.commandLine.usage}`);

function wishFrom(values: Values): Wish {
  const { account, to, reason, json = false } = values;
  if (account === undefined || !chimeId.safeParse(account).success) throw wrong(texts.commandLine.missing('--account'));
  if (to !== undefined && !isLicense(to)) throw wrong(texts.commandLine.noPlan(to));
  if (to === undefined && values.csv === undefined) throw wrong(texts.commandLine.missing('--to'));
  if ([values.csv, values.users, values.filter].filter((one) => one !== undefined).length !== 1) {
    throw wrong(texts.commandLine.oneSource);
  }
  if (Boolean(values['dry-run']) === Boolean(values.yes)) throw wrong(texts.commandLine.dryOrYes);
  if (values.yes && !reason?.trim()) throw wrong(texts.commandLine.missing('--reason'));
  return { accountId: account, to: to ?? null, reason: reason?.trim() ?? '', isDry: !values.yes, isJson: json };
}

async function peopleFrom({ csv, users, filter, ...values }: Values): Promise<People> {
  if (filter !== undefined) return { kind: 'filter', params: filter };
  if (csv === undefined) return { kind: 'list', text: users ?? '' };
  if (!existsSync(csv)) throw new Ending(exit.usage, texts.commandLine.noFile(csv));
  const file = await readPeopleFile(createReadStream(csv));
  for (const complaint of file.complaints) tell(texts.fileComplaint(complaint));
  if (file.complaintCount > 0 && !values['skip-complaints']) {
    throw new Ending(exit.usage, texts.commandLine.complaints(file.complaintCount));
  }
  return { kind: 'file', name: csv.split(/[\\/]/).at(-1) ?? csv, rows: file.rows };
}

/** To the person at the terminal; what programs read goes to the other stream. */
const tell = (line: string) => process.stderr.write(`${line}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Connection = ReturnType<typeof connect>;

async function operatorHere({ db, settings }: Connection, accountId: string): Promise<Operator> {
  const file = process.env.CARILLON_TOKEN_FILE;
  const token = (file ? readFileSync(file, 'utf8') : (process.env.CARILLON_TOKEN ?? '')).trim();
  if (token === '') throw new Ending(exit.noRight, texts.commandLine.noToken);
  const operator = await operatorWithToken(db, openEntrance(settings), token);
  if (!operator) throw new Ending(exit.noRight, texts.commandLine.badToken);
  if (!may(operator, 'batches:run') || !isInScope(operator.accounts, accountId)) {
    throw new Ending(exit.noRight, texts.commandLine.noRight);
  }
  return operator;
}

async function set(values: Values): Promise<number> {
  const wish = wishFrom(values);
  const people = await peopleFrom(values);
  const connection = connect(readHere());
  try {
    return await setAt(connection, wish, people);
  } finally {
    await connection.db.destroy();
    connection.chime.disconnect();
  }
}

async function setAt(connection: Connection, wish: Wish, people: People): Promise<number> {
  const { db, settings } = connection;
  const { accountId, to, reason, isDry, isJson } = wish;
  const operator = await operatorHere(connection, accountId);
  const by = {
    operatorId: operator.id,
    operatorName: operator.name,
    operatorRole: operator.role,
    groups: operator.groups,
    requestId: randomUUID(),
  };
  const show = async () => {
    const batch = await showBatch(db, accountId, batchId, operator, settings.BATCH_LIMITS);
    if (!batch) throw new Error('The batch is not there any more.');
    return batch;
  };
  const batchId = await prepareBatch(connection, { accountId, people, to, reason: reason || null }, by);
  const preview = await show();
  const address = `${settings.PUBLIC_URL}/accounts/${accountId}/batches/${batchId}`;
  if (isDry || preview.total === 0) {
    if (isJson) print(await asJson(connection, preview, address));
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
    if (isJson) print(await asJson(connection, await show(), address));
    tell(texts.commandLine.waits(preview.total, address));
    return exit.waits;
  }
  process.once('SIGINT', () => {
    tell(texts.commandLine.goesOn(address));
    process.exit(exit.interrupted);
  });
  const end = await follow(show);
  if (isJson) print(await asJson(connection, end, address));
  else await printResult(connection, end, address);
  return end.state === 'done' && end.failed === 0 && isWhole(end) ? exit.done : exit.someLeft;
}

/** Whether everybody who was asked for is changed, or so already. */
const isWhole = ({ parts: of }: BatchView) => of.missing + of.forbidden + of.directory === 0;
const isEverybodySo = (batch: BatchView) => batch.total === 0 && isWhole(batch);

async function follow(show: () => Promise<BatchView>): Promise<BatchView> {
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

async function asJson({ db }: Connection, batch: BatchView, address: string): Promise<string> {
  const people: ItemView[] = [];
  for await (const items of everyItem(db, batch.id)) people.push(...items);
  return JSON.stringify({ address, batch, people });
}

/** The settings of this process, with what `npm start` has left here for commands beside it. */
function readHere() {
  const home = process.env.CARILLON_HOME || '.carillon';
  const kept = ['keys.env', 'desk.env'].map((name) => join(home, name)).filter((file) => existsSync(file));
  for (const file of kept) {
    for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) process.env[name] ||= value;
  }
  return readSettings();
}

async function run(): Promise<number> {
  const { values, positionals } = read();
  if (values.help) {
    print(texts.commandLine.usage);
    return exit.done;
  }
  if (positionals.length !== 1 || positionals[0] !== 'set') throw wrong(texts.commandLine.whatToDo);
  return set(values);
}

log.level = 'silent'; // what goes wrong is told here, to the person at the terminal
const code = await run().catch((error: unknown) => {
  tell(messageOf(error));
  if (error instanceof Ending) return error.code;
  return error instanceof Refusal && error.code === 'invalid' ? exit.usage : exit.broken;
});
if (process.stdout.writableLength > 0) await once(process.stdout, 'drain');
process.exit(code);
