import { readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Checkpoint, checkpointFrom } from '../audit/checkpoint.ts';
import { auditKeys } from '../audit/keys.ts';
import { readEnd, sealAt } from '../audit/ledger-store.ts';
import { lastBackup } from '../backups/store.ts';
import type { Chime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import type { Database } from '../db/database.ts';
import { refuseUnfit } from '../db/schema-fit.ts';
import type { Settings } from '../env.ts';
import { Refusal } from '../failures.ts';
import { openRestore } from '../restores/store.ts';
import { reasons } from '../texts/failures.ts';
import { type Health, readHealth } from './health-store.ts';

/** One thing that was looked at: what it is like, and where it is not well, what to do. */
export type Finding = { what: string; isWell: boolean; says: string };

type Look<Of> = (of: Of) => Promise<string>;
/** What can be looked at where no database answers. */
type Alone = Pick<Deps, 'chime'> & { settings: Settings; checkpoints: string; machineNow: Date };
type Examined = Alone & Deps & { health: Health };

/** What is not well, as a sentence that says what to do. */
class Unwell extends Error {
  override name = 'Unwell';
}

/**
 * Looks at everything an installation needs, one after the other, and changes nothing. `checkpoints`: the file. Where the database does not
 * answer, as in an installation that stands still, what can be known without it is looked at all the same.
 */
export async function examine(deps: Deps & { settings: Settings }, checkpoints: string): Promise<Finding[]> {
  const before = Date.now();
  const settings = { what: 'Settings', isWell: true, says: `understood; ${deps.settings.PUBLIC_URL}` };
  let health: Health;
  try {
    health = await readHealth(deps.db);
  } catch (error) {
    const says = `cannot be reached (${messageOf(error)}): is it running? Check DATABASE_URL`;
    const alone = { ...deps, checkpoints, machineNow: new Date() };
    return [settings, { what: 'Database', isWell: false, says }, ...(await findings(looksAlone, alone))];
  }
  const database = { what: 'Database', isWell: true, says: `PostgreSQL ${health.version}, as ${health.login}` };
  const of = { ...deps, checkpoints, health, machineNow: new Date((before + Date.now()) / 2) };
  return [settings, database, ...(await findings(looks, of))];
}

async function findings<Of>(all: Record<string, Look<Of>>, of: Of): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [what, look] of Object.entries(all)) {
    try {
      found.push({ what, isWell: true, says: await look(of) });
    } catch (error) {
      found.push({ what, isWell: false, says: messageOf(error) });
    }
  }
  return found;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A tenth, as the alert has it. */
const leastFree = 0.1;

const machineLooks: Record<string, Look<Alone>> = {
  Keys: async () => {
    const { current, previous } = auditKeys();
    return `the audit's is ${current.id}${previous ? `, and before it ${previous.id}` : ''}`;
  },
  Disk: async ({ checkpoints }) => {
    const folder = dirname(checkpoints);
    const { bavail, blocks, bsize } = await statfs(folder).catch(() => {
      throw new Unwell(`${folder} is not there: a worker makes it, or set AUDIT_CHECKPOINTS`);
    });
    const says = `${((bavail * bsize) / 1e9).toFixed(1)} GB are free in ${folder}`;
    if (bavail >= blocks * leastFree) return says;
    throw new Unwell(`${says}, less than a tenth: make room`);
  },
};

const chimeLooks: Record<string, Look<Alone>> = {
  'Clock of Chime': async ({ settings, machineNow }) => {
    const answer = await fetch(endpointOf(settings), { method: 'HEAD', signal: AbortSignal.timeout(10_000) }).catch(
      (error: unknown) => {
        throw new Unwell(
          `Chime does not answer at ${endpointOf(settings)} (${messageOf(error)}): check CHIME_ENDPOINT`,
        );
      },
    );
    const date = answer.headers.get('date');
    if (date === null) return 'not said in its answers';
    return clocks(new Date(date), new Date(Math.max(machineNow.getTime(), Date.now() - 1_000)), 60);
  },
  'Rights in Chime': ({ chime }) => rights(chime),
};

const looksAlone: Record<string, Look<Alone>> = {
  ...machineLooks,
  ...chimeLooks,
  Checkpoints: async ({ checkpoints }) => {
    const { sequence, at } = await lastNoted(checkpoints);
    return `up to entry ${sequence}, noted ${ago(new Date(at))}; not compared with the audit`;
  },
};

const looks: Record<string, Look<Examined>> = {
  ...machineLooks,
  Schema: async ({ db }) => {
    await refuseUnfit(db);
    return 'fits this release';
  },
  Restore: async ({ db }) => {
    const open = await openRestore(db);
    if (!open) return 'none waits to be accepted';
    throw new Unwell(
      `the database was restored from a backup: nothing can be changed before npm run admin -- accept-restore --why "…"`,
    );
  },
  Connections: async ({ health: { connections, mostConnections } }) => {
    const says = `${connections} of ${mostConnections}`;
    if (connections < mostConnections * 0.9) return says;
    throw new Unwell(`${says}: raise max_connections, or run fewer web and worker processes`);
  },
  Workers: async ({ health: { workers } }) => {
    if (workers > 0) return `${workers} seen in the last 30 s`;
    throw new Unwell('none seen in the last 30 s: nothing is listed and no batch runs; start npm run worker');
  },
  'Clock of the database': async ({ health: { now }, machineNow }) => clocks(now, machineNow, 2),
  ...chimeLooks,
  Checkpoints: ({ db, checkpoints }) => checkpointsOf(db, checkpoints),
  Backup: async ({ db, settings: { BACKUP_EVERY_HOURS: hours } }) => {
    const last = await lastBackup(db);
    if (!last) throw new Unwell('there was never one: npm run backup -- --to DIR, or set BACKUP_DIR');
    const says = `the last one ${ago(last.at)}, in ${last.folder}`;
    if (Date.now() - last.at.getTime() <= hours * 2 * 3_600_000) return says;
    throw new Unwell(`${says}: take one, npm run backup -- --to DIR`);
  },
};

/** Amazon's own where no other is set (AWS General Reference, Amazon Chime endpoints). */
const endpointOf = ({ CHIME_ENDPOINT }: Settings) => CHIME_ENDPOINT ?? 'https://service.chime.aws.amazon.com';

/** Throws where two clocks are further apart than so many seconds. */
function clocks(other: Date, own: Date, mostSeconds: number): string {
  const seconds = Math.abs(other.getTime() - own.getTime()) / 1_000;
  if (seconds <= mostSeconds) return `agrees with this machine to ${mostSeconds} s`;
  throw new Unwell(`differs from this machine by ${Math.round(seconds)} s: set both by NTP`);
}

/** Tries every call that only reads; those that change somebody are never tried. */
async function rights(chime: Chime): Promise<string> {
  const tried = async <Answer>(name: string, call: Promise<Answer>): Promise<Answer> =>
    call.catch((error: unknown) => {
      const because = error instanceof Refusal ? reasons[error.code] : messageOf(error);
      throw new Unwell(`${name} is refused: ${because}. Check the credentials, and allow it in their policy`);
    });
  const { items: accounts } = await tried('ListAccounts', chime.listAccounts(null));
  const [account] = accounts;
  if (!account) throw new Unwell('there is no account: check CHIME_ACCOUNTS and the credentials');
  await tried('GetAccount', chime.getAccount(account.id));
  const { items: people } = await tried('ListUsers', chime.listUsers(account.id, null));
  if (people[0]) await tried('GetUser', chime.getUser(account.id, people[0].id));
  return 'all that read; UpdateUser and BatchUpdateUser are not tried, they would change a person';
}

async function lastNoted(file: string): Promise<Checkpoint> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Unwell(`${file} cannot be read: look where a worker runs, or set AUDIT_CHECKPOINTS to its file`);
  });
  if (text === '') throw new Unwell(`nothing is noted in ${file} yet: a worker notes the first entry within a minute`);
  const { current, previous } = auditKeys();
  const keys = new Map([current, ...(previous ? [previous] : [])].map(({ id, key }) => [id, key]));
  const last = checkpointFrom(text.trimEnd().split('\n').at(-1) ?? '', keys);
  if (typeof last === 'string') throw new Unwell(`the last line of ${file} is not what was written: see "The audit"`);
  return last;
}

async function checkpointsOf(db: Database, file: string): Promise<string> {
  const last = await lastNoted(file);
  if ((await sealAt(db, last.sequence)) !== last.hmac) {
    throw new Unwell(`entry ${last.sequence} is not the one of the last checkpoint: the audit was cut, or restored`);
  }
  const end = await readEnd(db);
  const says = `up to entry ${last.sequence} of ${end.sequence}, noted ${ago(new Date(last.at))}`;
  const isBehind = last.sequence !== end.sequence && Date.now() - Date.parse(last.at) > 300_000;
  if (!isBehind) return says;
  throw new Unwell(`${says}: no worker writes into ${file}; is one running, and may it?`);
}

function ago(at: Date): string {
  const minutes = Math.max(0, Math.round((Date.now() - at.getTime()) / 60_000));
  return minutes < 120 ? `${minutes} minutes ago` : `${Math.round(minutes / 60)} hours ago`;
}
