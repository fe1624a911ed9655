import { sql } from 'kysely';
import pg from 'pg';

const mark = '/* prepared */';

/**
 * Stands in a statement that each connection lets PostgreSQL parse and plan once, for all its later uses: planning takes longer than
 * running where little is read. Such a statement names each column that it returns, for a migration may add some meanwhile.
 */
export const prepared = sql.raw(mark);

/** What stands for a text on each connection that has prepared it. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `carillon_${names.size}`;
  names.set(text, name);
  return name;
}

/** SQLSTATE: no such prepared statement, one of that name is there already, it would return other columns than it did. */
const unfit = ['26000', '42P05', '0A000'];

/** A statement is planned again each time that a connection has used it this many times as often as at the plan before. */
const planAgain = 4;

/**
 * Lets a connection prepare the statements that are marked, until PostgreSQL does not take one for that reason. Each is planned again
 * now and then, the less often the more it is used: tables may have grown since, and PostgreSQL itself looks only each minute.
 */
export async function letPrepare(client: pg.Client): Promise<void> {
  let isPreparing = await isDirect(client);
  const { query } = client;
  const run = (...args: unknown[]) => Reflect.apply(query, client, args);
  const statements = new Map<string, { uses: number; name: string | undefined }>();
  Object.defineProperty(client, 'query', {
    async value(text: unknown, ...rest: unknown[]) {
      if (!isPreparing || typeof text !== 'string' || !text.includes(mark)) return run(text, ...rest);
      const statement = statements.get(text) ?? { uses: 0, name: undefined };
      statements.set(text, statement);
      statement.uses += 1;
      const { name: before } = statement;
      const name = `${nameOf(text)}_${planOf(statement.uses)}`;
      try {
        if (before !== undefined && before !== name) {
          statement.name = undefined;
          await run(`deallocate ${before}`);
        }
        const answer = await run({ name, text, values: rest[0] });
        statement.name = name;
        return answer;
      } catch (error) {
        if (error instanceof pg.DatabaseError && unfit.includes(error.code ?? '')) isPreparing = false;
        throw error;
      }
    },
  });
}

/** Which plan of a statement its use of this number, from 1 on, takes: 0, 1, 2 and so on. */
const planOf = (use: number) => Math.floor(Math.log2(use) / Math.log2(planAgain));

/**
 * Whether the other end is the server itself. A pooler names a process that is none of the server's, and may run each transaction on
 * another connection, which knows nothing of what was prepared.
 */
async function isDirect(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return 'processID' in client && client.processID === rows[0]?.pid;
}
