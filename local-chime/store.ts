import { closeSync, fdatasync, fdatasyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { ChimeAccount } from './people/account.ts';
import type { ChimeUser, ChimeUserMembers } from './people/user.ts';
import {
  accountShape,
  integer,
  type JournalEntry,
  journalEntryOf,
  memberValues,
  type Row,
  schema,
  selectSomebody,
  selectUser,
  selectUsers,
  text,
  userOf,
} from './rows.ts';

/** On whose behalf a write is made. */
export type Cause = { operation: string; requestId: string };

/** An item of a listing and the place it was inserted at, which never changes and is never given out again. */
export type Listed<Item> = { position: number; item: Item };

export type UserFilter = { userEmail?: string; userType?: string };
export type AccountFilter = { name?: string; userEmail?: string };

const synced = promisify(fdatasync);

/**
 * Accounts, users and the write journal in one SQLite file. Writes are made inside `write`: those that arrive within
 * one turn of the event loop are committed together, and none is answered before its commit is on disk.
 *
 * SQLite itself syncs its log only when it moves it into the database (`synchronous = NORMAL`). The sync that makes a
 * commit durable is ours, on the same file: it runs beside the event loop, where SQLite's own would stop it.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #log: number;
  readonly #statements = new Map<string, StatementSync>();
  readonly #accountById = new Map<string, Listed<ChimeAccount>>();
  #userCount = 0;
  #waiting: Job[] = [];
  #unsynced: Settlement[] = [];
  #syncing: Promise<void> | undefined;
  #written = 0;

  /** Opens the file, creating it, readable by its owner only, where it is missing. One process at a time. */
  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    this.#database = new DatabaseSync(file);
    try {
      // Exclusive: the file has one owner, and a second Local Chime on it is told so instead of sharing it.
      this.#database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      this.#database.exec(schema);
      this.#database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;');
      this.set('opened', now());
      this.#log = openSync(`${file}-wal`, 'r+');
      fdatasyncSync(this.#log);
    } catch (error) {
      this.#database.close();
      throw new Error(`${file} cannot be opened: ${reasonOf(error)}`, { cause: error });
    }
    this.#readAccounts();
    this.#userCount = integer(this.#row('SELECT count(*) AS users FROM users')?.users);
  }

  get size(): { accounts: number; users: number } {
    return { accounts: this.#accountById.size, users: this.#userCount };
  }

  setting(name: string): string | undefined {
    return text(this.#row('SELECT value FROM settings WHERE name = ?', name)?.value) ?? undefined;
  }

  account(accountId: string): ChimeAccount | undefined {
    return this.#accountById.get(accountId)?.item;
  }

  /** At most `limit` accounts inserted after `position`, in the order of insertion. */
  accounts({ name, userEmail }: AccountFilter, position: number, limit: number): Listed<ChimeAccount>[] {
    const ofUser = userEmail === undefined ? undefined : this.#accountsOfEmail(userEmail);
    return [...this.#accountById.values()]
      .filter((account) => account.position > position)
      .filter(({ item }) => name === undefined || item.Name.startsWith(name))
      .filter((account) => ofUser === undefined || ofUser.has(account.position))
      .slice(0, limit);
  }

  user(accountId: string, userId: string): ChimeUser | undefined {
    const account = this.#accountById.get(accountId);
    if (!account) return undefined;
    const row = this.#row(selectUser, account.position, userId);
    return row && userOf(accountId, row);
  }

  /** A user of an account at about this share of it, from 0 to 1; undefined where it has none. */
  somebody(accountId: string, share: number): ChimeUser | undefined {
    const position = this.#accountById.get(accountId)?.position ?? null;
    const row = this.#row(selectSomebody, position, share, position);
    return row && userOf(accountId, row);
  }

  /** At most `limit` users of an account inserted after `position`, in the order of insertion. */
  users(accountId: string, { userEmail, userType }: UserFilter, position: number, limit: number): Listed<ChimeUser>[] {
    const account = this.#accountById.get(accountId);
    if (!account) return [];
    const rows = this.#rows(
      `${selectUsers} AND position > ?
       ${userEmail === undefined ? '' : 'AND lower(email) = lower(?)'} ${userType === undefined ? '' : 'AND user_type = ?'}
       ORDER BY position LIMIT ?`,
      ...[account.position, position, userEmail, userType, limit].filter((value) => value !== undefined),
    );
    return rows.map((row) => ({ position: integer(row.position), item: userOf(accountId, row) }));
  }

  /** The write journal after an entry, at most 10,000 entries at a time. */
  journal(after: number): JournalEntry[] {
    return this.#rows('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT 10000', after).map(journalEntryOf);
  }

  /** Runs a job in the next commit, and resolves once that commit is durable. A job that throws leaves nothing behind. */
  write<Value>(job: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const value = job();
        return { resolve: () => resolve(value), reject };
      };
      this.#waiting.push({ run, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commitWaiting());
    });
  }

  /** Runs a job in a transaction of its own, at once, and durably. */
  writeNow<Value>(job: () => Value): Value {
    this.#commitWaiting();
    const value = this.#transaction(job);
    fdatasyncSync(this.#log);
    return value;
  }

  set(name: string, value: string): void {
    this.#execute('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value);
  }

  addAccount(account: ChimeAccount): void {
    const added = this.#statement('INSERT INTO accounts (account_id, members) VALUES (?, ?)').run(
      account.AccountId,
      JSON.stringify(account),
    );
    this.#accountById.set(account.AccountId, { position: Number(added.lastInsertRowid), item: account });
  }

  /** Adds a user, without a word in the journal unless there is a cause. */
  addUser(user: ChimeUser, cause?: Cause): void {
    const account = this.#accountById.get(user.AccountId);
    if (!account) throw new Error(`No account ${user.AccountId}`);
    this.#execute(
      `INSERT INTO users (account, user_id, email, phone, name, license, user_type, registration, invitation,
         registered_on, invited_on, alexa, pin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      account.position,
      user.UserId,
      ...memberValues(user),
    );
    this.#userCount += 1;
    if (cause) this.#record(cause, user.AccountId, user.UserId, null, user.LicenseType ?? null);
  }

  setLicense({ AccountId, UserId, LicenseType }: ChimeUser, license: string, cause: Cause): void {
    this.#execute(
      'UPDATE users SET license = ? WHERE account = ? AND user_id = ?',
      license,
      this.#accountById.get(AccountId)?.position ?? null,
      UserId,
    );
    this.#record(cause, AccountId, UserId, LicenseType ?? null, license);
  }

  changeUser(user: ChimeUser, members: ChimeUserMembers, cause: Cause): ChimeUser {
    const changed = { ...user, ...members };
    this.#execute(
      `UPDATE users SET email = ?, phone = ?, name = ?, license = ?, user_type = ?, registration = ?, invitation = ?,
         registered_on = ?, invited_on = ?, alexa = ?, pin = ? WHERE account = ? AND user_id = ?`,
      ...memberValues(changed),
      this.#accountById.get(user.AccountId)?.position ?? null,
      user.UserId,
    );
    this.#record(cause, user.AccountId, user.UserId, user.LicenseType ?? null, changed.LicenseType ?? null);
    return changed;
  }

  removeUser({ AccountId, UserId, LicenseType }: ChimeUser, cause: Cause): void {
    const account = this.#accountById.get(AccountId)?.position ?? null;
    this.#execute('DELETE FROM users WHERE account = ? AND user_id = ?', account, UserId);
    this.#userCount -= 1;
    this.#record(cause, AccountId, UserId, LicenseType ?? null, null);
  }

  /** Empties the file of everything but its settings. Positions go on where they were, so that old tokens stay harmless. */
  clear(): void {
    for (const table of ['journal', 'users', 'accounts']) this.#execute(`DELETE FROM ${table}`);
    this.#accountById.clear();
    this.#userCount = 0;
  }

  /** Writes all there is, as it is now, into a new file. Throws where the file is there already, or has no room. */
  copyTo(file: string): void {
    this.#execute('VACUUM INTO ?', file);
  }

  /** Makes what is waiting durable, answers it, and closes the file. */
  async close(): Promise<void> {
    this.#commitWaiting();
    await this.#syncing;
    closeSync(this.#log);
    this.#database.close();
  }

  #commitWaiting(): void {
    const jobs = this.#waiting;
    if (jobs.length === 0) return;
    this.#waiting = [];
    try {
      this.#unsynced.push(...this.#transaction(() => jobs.map((job) => this.#settlement(job))));
    } catch {
      for (const job of jobs) this.#commitAlone(job);
    }
    if (this.#unsynced.length > 0) this.#syncing ??= this.#sync();
  }

  /** Runs one job of a group. One that refuses has written nothing; any other failure undoes the group. */
  #settlement({ run, reject }: Job): Settlement {
    const written = this.#written;
    try {
      return run();
    } catch (error) {
      if (this.#written !== written) throw error;
      return { resolve: () => reject(error), reject };
    }
  }

  /** A job of a group that had to be undone, in a transaction of its own. */
  #commitAlone({ run, reject }: Job): void {
    try {
      this.#unsynced.push(this.#transaction(run));
    } catch (error) {
      reject(error);
    }
  }

  /** Syncs the log until nothing committed is left that is not durable, and settles each group after its sync. */
  async #sync(): Promise<void> {
    while (this.#unsynced.length > 0) {
      const settlements = this.#unsynced;
      this.#unsynced = [];
      try {
        await synced(this.#log);
        for (const { resolve } of settlements) resolve();
      } catch (error) {
        for (const { reject } of settlements) reject(error);
      }
    }
    this.#syncing = undefined;
  }

  #transaction<Value>(job: () => Value): Value {
    this.#execute('BEGIN IMMEDIATE');
    try {
      const value = job();
      this.#execute('COMMIT');
      return value;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#readAccounts();
    this.#userCount = integer(this.#row('SELECT count(*) AS users FROM users')?.users);
  }

  #record({ operation, requestId }: Cause, accountId: string, userId: string, from: string | null, to: string | null) {
    this.#written += 1;
    this.#execute(
      `INSERT INTO journal (at, request_id, operation, account_id, user_id, from_license, to_license)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      now(),
      requestId,
      operation,
      accountId,
      userId,
      from,
      to,
    );
  }

  #readAccounts(): void {
    this.#accountById.clear();
    for (const row of this.#rows('SELECT position, members FROM accounts ORDER BY position')) {
      const account = accountShape.parse(JSON.parse(`${row.members}`));
      this.#accountById.set(account.AccountId, { position: integer(row.position), item: account });
    }
  }

  #accountsOfEmail(email: string): Set<number> {
    const rows = this.#rows('SELECT DISTINCT account FROM users WHERE lower(email) = lower(?)', email);
    return new Set(rows.map((row) => integer(row.account)));
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #execute(sql: string, ...values: SQLInputValue[]): void {
    this.#statement(sql).run(...values);
  }

  #row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  #rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }
}

const busy = 5; // SQLITE_BUSY: another connection holds the lock

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return 'errcode' in error && error.errcode === busy ? 'Another Local Chime has this file open.' : error.message;
}

type Settlement = { resolve: () => void; reject: (error: unknown) => void };
type Job = { run: () => Settlement; reject: (error: unknown) => void };

function now(): string {
  return new Date().toISOString();
}
