import { commonScope, type Scope } from '../accounts/scope.ts';
import type { Settings } from '../env.ts';
import { type Access, type AccessRules, accessOf, type Grant } from './access.ts';
import { followAccessFile } from './access-file.ts';
import type { LiveSession } from './store.ts';

/** An identity provider, and who of its people may do what. */
export type Provider = { issuer: string; clientId: string; clientSecret: string; rules: () => AccessRules };

/** How people come in here: what seals their cookies, and who knows them. */
export type AuthConfig = {
  /** The first seals new cookies; cookies that any of them has sealed are read. */
  secrets: readonly [string, ...string[]];
  /** Without one, the operators with passwords of this machine. */
  provider: Provider | undefined;
  /** The accounts that Carillon looks after: no operator has any other, whatever the rules say. */
  accounts: Scope;
};

/** The entrance that the settings describe. Throws when the access file is no good. */
export function openAuthConfig(settings: Settings): AuthConfig {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS } = settings;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, ACCESS_FILE } = settings;
  const accounts = settings.CHIME_ACCOUNTS ?? 'all';
  const secrets = [NEXTAUTH_SECRET, ...(NEXTAUTH_SECRET_PREVIOUS ? [NEXTAUTH_SECRET_PREVIOUS] : [])] as const;
  if (!issuer || !clientId || !clientSecret || !ACCESS_FILE) return { secrets, provider: undefined, accounts };
  return { secrets, provider: { issuer, clientId, clientSecret, rules: followAccessFile(ACCESS_FILE) }, accounts };
}

/**
 * What a session, or what was asked for in one, allows at this moment: by the access file of now, for the groups it began with.
 * Undefined: nothing. Names of groups from another claim than the file names now are names of something else.
 */
export function accessAt(authConfig: AuthConfig, session: Omit<LiveSession, 'idle'>): Access | undefined {
  const grant = grantAt(authConfig, session);
  return (
    grant && {
      role: grant.role,
      accounts: commonScope(grant.accounts, authConfig.accounts),
      isForAll: grant.accounts === 'all',
    }
  );
}

function grantAt({ provider }: AuthConfig, { operator, groups }: Omit<LiveSession, 'idle'>): Grant | undefined {
  if (!provider)
    return operator.issuer === null && operator.role ? { role: operator.role, accounts: 'all' } : undefined;
  const rules = provider.rules();
  if (operator.issuer !== provider.issuer || (operator.groupsClaim ?? rules.groupsClaim) !== rules.groupsClaim) {
    return undefined;
  }
  return accessOf(rules, groups ?? []);
}
