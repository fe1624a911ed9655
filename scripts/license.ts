import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type AccountInList, accountsNamed, isDirectoryManaged } from '../lib/accounts/account.ts';
import { listAccounts, listAccountsWithPeople } from '../lib/accounts/store.ts';
import { BadAccessRules } from '../lib/auth/access.ts';
import { openAuthConfig } from '../lib/auth/auth-config.ts';
import type { Operator } from '../lib/auth/store.ts';
import { type BatchView, isOver, isReached, isWhole } from '../lib/batches/batch.ts';
import { showBatch } from '../lib/batches/show-batch.ts';
import { steerBatch, submitBatch } from '../lib/batches/steer-batch.ts';
import { accountOfBatch } from '../lib/batches/store.ts';
import { isDatabaseAway } from '../lib/db/database.ts';
import { refuseUnfit, SchemaUnfit } from '../lib/db/schema-fit.ts';
import { connect } from '../lib/deps.ts';
import { readLanguage, readSettings } from '../lib/env.ts';
import { type FailureCode, Refusal } from '../lib/failures.ts';
import { log } from '../lib/log/log.ts';
import { factsForLog } from '../lib/log/log-facts.ts';
import type { Permission } from '../lib/operators/permissions.ts';
import { type People, prepareBatch } from '../lib/previews/prepare-batch.ts';
import { BadSettings, environment } from '../lib/secrets/environment.ts';
import { speak } from '../lib/texts/languages.ts';
import { commandLine } from '../lib/texts/terminal/command-line.ts';
import { asHolder } from '../lib/tokens/admit-holder.ts';
import type { Holder } from '../lib/tokens/keep-tokens.ts';
import { leftSettings } from './left-settings.ts';
import {
  Ending,
  exit,
  readCommand,
  type SetWish,
  type StatusWish,
  setWishFrom,
  statusWishFrom,
  tokenHere,
  type Values,
  wrong,
} from './license/license-arguments.ts';
import { chooseFrom } from './license/license-people.ts';
import { asJson, print, printPreview, printResult, type Reader } from './license/license-report.ts';

/** To the person at the terminal; what is printed goes to the other stream. */
const tell = (line: string) => process.stderr.write(`${line}\n`);

/** Finds this run in the audit, and is told where something goes wrong. */
const requestId = randomUUID();

type Connection = ReturnType<typeof connect> & { token: string };

async function connected(run: (connection: Connection) => Promise<number>): Promise<number> {
  const token = tokenHere();
  const connection = connect(readSettings());
  try {
    await refuseUnfit(connection.db);
    return await run({ ...connection, token });
  } finally {
    await connection.db.destroy();
    connection.chime.disconnect();
  }
}

/** Runs it as the token's holder; `accountId`: null for what is about no account in particular. */
const admit = <Output>(
  { db, settings, token }: Connection,
  needs: Permission,
  accountId: string | undefined | null,
  run: (holder: Holder) => Promise<Output>,
) => asHolder(db, openAuthConfig(settings), token, { needs, accountId, requestId }, run);

async function accountsAt(connection: Connection, isJson: boolean): Promise<number> {
  const scope = await admit(connection, 'batches:view', null, async ({ operator }) => operator.accounts);
  const withPeople = await listAccountsWithPeople(connection.db, scope);
  const known = new Map((await listAccounts(connection.db, scope)).map((account) => [account.id, account]));
  const accounts = withPeople.map(({ id, name, type, people }) => {
    const plans = isDirectoryManaged({ type }) ? [] : (known.get(id)?.supportedLicenses ?? []);
    return { id, name, type, plans, people };
  });
  if (isJson) print(JSON.stringify(accounts));
  else for (const line of commandLine.accounts(accounts)) print(line);
  return exit.done;
}

async function set(values: Values): Promise<number> {
  const wish = setWishFrom(values);
  const people = await chooseFrom(wish, tell);
  return connected(async (connection) => {
    const account = await accountNamed(connection, wish.account);
    tell(commandLine.account(account));
    return admit(connection, 'batches:run', account.id, (holder) =>
      setAt(connection, holder, account.id, wish, people),
    );
  });
}

async function setAt(
  connection: Connection,
  holder: Holder,
  accountId: string,
  wish: SetWish,
  people: People,
): Promise<number> {
  const { db, settings } = connection;
  const { operator, token } = holder;
  const reader = { db, holder, accountId, requestId };
  const by = {
    operatorId: operator.id,
    operatorName: operator.name,
    operatorRole: operator.role,
    groups: operator.groups,
    requestId,
    token,
  };
  const { to, reason, until } = wish;
  const interrupts = noteInterrupts();
  const batchId = await prepareBatch(
    connection,
    { accountId, people, to, reason: reason || null, until: until ?? undefined },
    by,
  );
  const seen = seeBatch(connection, { accountId, batchId, operator });
  const preview = await seen.show();
  const isOnlySeen = wish.isDry || preview.total === 0;
  // Before anything is printed: a reader who goes away would leave the preview in the list of batches.
  if (isOnlySeen || interrupts.areNoted()) await steerBatch(connection, { accountId, batchId, steer: 'discard' }, by);
  interrupts.end();
  if (preview.source.kind === 'filter') tell(commandLine.filter(preview.source.params));
  if (isOnlySeen) {
    if (wish.isJson) print(await asJson(reader, preview, seen.address));
    else await printPreview(reader, preview, wish);
    return isWhole(preview) ? exit.done : exit.someLeft;
  }
  const startAt = wish.startAt?.at ?? null;
  const { fingerprint } = preview;
  const state = await submitBatch(connection, { accountId, batchId, fingerprint, startAt }, by, settings.BATCH_LIMITS);
  if (state === 'waiting') tell(commandLine.waits(preview.total, seen.address));
  if (state === 'scheduled' && wish.startAt) tell(commandLine.scheduled(wish.startAt, seen.address));
  if (state === 'starting' || wish.isPatient) return tellEnd(reader, await follow(seen), wish.isJson, seen.address);
  if (wish.isJson) print(await asJson(reader, await seen.show(), seen.address));
  return exit.waits;
}

/** Refuses a name that no account has, or several have. An account that its caller may not see is refused and audited by its ID. */
async function accountNamed(connection: Connection, named: string): Promise<AccountInList> {
  const id = z.uuid().safeParse(named.trim());
  const scope = await admit(
    connection,
    'batches:run',
    id.success ? id.data.toLowerCase() : null,
    async ({ operator }) => operator.accounts,
  );
  const accounts = await listAccountsWithPeople(connection.db, scope);
  const [account, ...more] = accountsNamed(accounts, named);
  if (!account) throw wrong(commandLine.noAccount(named, accounts));
  if (more.length > 0) throw wrong(commandLine.severalAccounts(named, [account, ...more]));
  return account;
}

/** Ctrl-C while a preview is made would leave it in the list of batches: the command ends once it has been discarded. */
function noteInterrupts() {
  let isInterrupted = false;
  const note = () => {
    isInterrupted = true;
  };
  for (const signal of interrupting) process.on(signal, note);
  return {
    areNoted: () => isInterrupted,
    end() {
      for (const signal of interrupting) process.off(signal, note);
      if (isInterrupted) throw new Ending(exit.interrupted, commandLine.nothingDone);
    },
  };
}

const interrupting = ['SIGINT', 'SIGTERM'] as const;

async function statusAt(connection: Connection, { batchId, isJson, isPatient }: StatusWish): Promise<number> {
  const accountId = await accountOfBatch(connection.db, batchId);
  return admit(connection, 'batches:view', accountId, async (holder) => {
    if (accountId === undefined) throw wrong(commandLine.noBatch(batchId));
    const seen = seeBatch(connection, { accountId, batchId, operator: holder.operator });
    const batch = isPatient ? await follow(seen) : await seen.show();
    return tellEnd({ db: connection.db, holder, accountId, requestId }, batch, isJson, seen.address);
  });
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
      if (!batch) throw wrong(commandLine.noBatch(batchId));
      return batch;
    },
  };
}

async function tellEnd(reader: Reader, batch: BatchView, isJson: boolean, address: string): Promise<number> {
  if (isJson) print(await asJson(reader, batch, address));
  else await printResult(reader, batch, address);
  if (batch.state === 'waiting' || batch.state === 'scheduled') return exit.waits;
  return isReached(batch) ? exit.done : exit.someLeft;
}

/** Waits for the end of a batch, or until it wants an answer. */
async function follow({ show, address }: Seen): Promise<BatchView> {
  process.once('SIGINT', () => {
    tell(commandLine.goesOn(address));
    process.exit(exit.interrupted);
  });
  let said = '';
  for (;;) {
    const batch = await show().catch((error) => {
      tell(commandLine.goesOn(address));
      throw error;
    });
    const line = commandLine.progress(batch);
    if (line !== said) tell(line);
    said = line;
    if (isOver(batch.state) || batch.state === 'paused') return batch;
    await sleep(500);
  }
}

/** What `npm start` has left here, where this process has no such setting. The audit takes its keys from the environment, too. */
function takeLeftSettings(): void {
  const own = environment();
  const left = leftSettings(own.CARILLON_HOME || '.carillon');
  for (const [name, value] of Object.entries(left)) own[name] ||= value;
}

async function run(): Promise<number> {
  takeLeftSettings();
  await speak(readLanguage());
  const command = readCommand();
  switch (command.verb) {
    case 'usage':
      print(commandLine.usage);
      return exit.done;
    case 'accounts':
      return connected((connection) => accountsAt(connection, command.values.json ?? false));
    case 'set':
      return set(command.values);
    case 'status': {
      const wish = statusWishFrom(command.batch, command.values);
      return connected((connection) => statusAt(connection, wish));
    }
  }
}

/** How it ends, and with which line, when Carillon says no. */
const refusals: Partial<Record<FailureCode, { code: number; line?: () => string }>> = {
  'signed-out': { code: exit.noRight, line: () => commandLine.badToken },
  'not-allowed': { code: exit.noRight, line: () => commandLine.noRight },
  'unknown-account': { code: exit.usage },
  invalid: { code: exit.usage },
};

function endWith(error: unknown): number {
  if (error instanceof Ending) {
    tell(error.message);
    return error.code;
  }
  if (error instanceof Refusal) {
    const { code = exit.broken, line } = refusals[error.code] ?? {};
    tell(line?.() ?? error.message);
    return code;
  }
  const isPlain = [BadSettings, BadAccessRules, SchemaUnfit].some((kind) => error instanceof kind);
  if (isPlain && error instanceof Error) tell(error.message);
  else if (isDatabaseAway(error)) tell(commandLine.noDatabase(requestId));
  else tell(commandLine.unexpected(requestId));
  if (process.env.LOG_LEVEL) tell(JSON.stringify(factsForLog({ requestId, err: error })));
  return exit.broken;
}

log.level = 'silent'; // what goes wrong is told here, to the person at the terminal
process.stdout.on('error', () => process.exit(exit.interrupted)); // nobody reads on, as with `| head`
const code = await run().catch(endWith);
if (process.stdout.writableLength > 0) await once(process.stdout, 'drain');
process.exit(code);
