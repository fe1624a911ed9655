import type pg from 'pg';

/** What web and worker are in the database, whatever they log in as. Every database of a server shares the name. */
export const appRole = 'carillon_app';

/** What holds for each connection of web and worker. */
export const appSettings = [
  ['role', appRole],
  ['idle_in_transaction_session_timeout', '15s'],
  ['statement_timeout', '60s'],
] as const;

/** Makes a new connection one of web or worker, where its login has not done so already. */
export async function beginAsApp(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ is_app: boolean }>(
    `select current_user = '${appRole}' and current_setting('statement_timeout') <> '0' as is_app`,
  );
  if (!rows[0]?.is_app) await client.query(appSettings.map(([name, value]) => `set ${name} = '${value}'`).join('; '));
}
