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

/** Lets a connection prepare the statements that are marked, until PostgreSQL does not take one for that reason. */
export async function letPrepare(client: pg.Client): Promise<void> {
  let isPreparing = await isDirect(client);
  const { query } = client;
  Object.defineProperty(client, 'query', {
    async value(text: unknown, ...rest: unknown[]) {
      if (!isPreparing || typeof text !== 'string' || !text.includes(mark)) {
        return Reflect.apply(query, client, [text, ...rest]);
      }
      try {
        return await Reflect.apply(query, client, [{ name: nameOf(text), text, values: rest[0] }]);
      } catch (error) {
        if (error instanceof pg.DatabaseError && unfit.includes(error.code ?? '')) isPreparing = false;
        throw error;
      }
    },
  });
}

/**
 * Whether the other end is the server itself. A pooler names a process that is none of the server's, and may run each transaction on
 * another connection, which knows nothing of what was prepared.
 */
async function isDirect(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return 'processID' in client && client.processID === rows[0]?.pid;
}
