import { discoverProvider } from './auth/provider/discover-provider.ts';
import { SignInRefused } from './auth/sign-in-failure.ts';
import { openOneConnection } from './db/one-connection.ts';
import { refuseUnfit, SchemaUnfit } from './db/schema-fit.ts';
import type { Settings } from './env.ts';
import { log } from './log/log.ts';
import { exitWith } from './settings/check-settings.ts';

/**
 * Ends the program with one clear line where it and the database's schema do not go together. A database that does not answer may do so
 * later, and `/readyz` says then whether the two fit.
 */
export async function checkSchemaOrExit({ DATABASE_URL: url }: Settings): Promise<void> {
  const db = openOneConnection(url, 'carillon start');
  try {
    await refuseUnfit(db);
  } catch (error) {
    if (error instanceof SchemaUnfit) exitWith(error);
    log.warn({ err: error }, 'Whether this program fits the schema is not known yet');
  } finally {
    await db.destroy();
  }
}

/**
 * Asks the provider, where there is one, what it says of itself. The program ends with one clear line where nobody could ever sign in
 * by these settings; a provider that does not answer may do so later, so that is a warning in the log.
 */
export async function checkProviderOrExit({ OIDC_ISSUER: issuer }: Settings): Promise<void> {
  if (issuer === undefined) return;
  try {
    await discoverProvider({ issuer });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const { problem, reason, namedIssuer, expectedIssuer } = error.failure;
    if (problem === 'no-provider') {
      log.warn({ code: problem, complaint: reason }, 'Nobody can sign in until the provider answers');
      return;
    }
    const differs = `the provider calls itself ${namedIssuer}, OIDC_ISSUER says ${expectedIssuer}`;
    exitWith(new Error(`Bad settings: OIDC_ISSUER: ${namedIssuer === undefined ? reason : differs}`));
  }
}
