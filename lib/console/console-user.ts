/** Who sits at the console of a machine, as the audit names them: no operator, and so without an ID. */
export type ConsoleUser = { operatorId: null; operatorName: string; operatorRole: 'console' };

/** The user of an operating system at a machine. */
export const consoleUser = (user: string, host: string): ConsoleUser => ({
  operatorId: null,
  operatorName: `Console, user ${user}@${host}`,
  operatorRole: 'console',
});

/** What is asked for at the console cannot be done, as one sentence. */
export class ConsoleRefused extends Error {
  override name = 'ConsoleRefused';
}
