import { z } from 'zod';
import type { Scope } from '../accounts/scope.ts';
import { chimeId } from '../id.ts';
import { type Role, roles } from '../operators/roles.ts';
import { BadJson, pathText, readJson } from './json-places.ts';

/** What the rules let somebody do, and where. */
export type Grant = { role: Role; accounts: Scope };

/**
 * What an operator may do at the moment, and where: `accounts` are those of the rules that Carillon looks after.
 * `isForAll`: the rules limit them to no accounts, so what is about the installation as a whole is theirs to see.
 */
export type Access = Grant & { isForAll: boolean };

const accountId = z.string().refine((text) => chimeId.safeParse(text).success, 'is not an account ID');

const grantShape = z.strictObject({
  role: z.enum(roles),
  accounts: z.union(
    [z.literal('all'), z.array(accountId).min(1, 'lists no account')],
    'must be "all" or a list of account IDs',
  ),
});

const rulesShape = z.strictObject({
  groupsClaim: z.string().min(1).max(200).default('groups'),
  scope: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'must be openid, and others after it with a space between')
    .default('openid profile email'),
  help: z.string().trim().min(1).max(1_000),
  groups: z
    .record(z.string().min(1), grantShape)
    .refine((groups) => Object.keys(groups).length > 0, 'names no group: nobody could sign in'),
});

/** Which groups of the identity provider may do what, as the access file says. */
export type AccessRules = z.output<typeof rulesShape>;

/** What is wrong with the access file: the line, the path, and how. All on one line. */
export class BadAccessRules extends Error {
  override name = 'BadAccessRules';
}

/** Reads the text of an access file. Throws `BadAccessRules`, naming every mistake by its line and path. */
export function readAccessRules(text: string): AccessRules {
  try {
    const { value, lineOf } = readJson(text.replace(/^\uFEFF/, ''));
    const rules = rulesShape.safeParse(value);
    if (rules.success) return rules.data;
    const complaints = rules.error.issues.map(({ path, message, code, ...issue }) => {
      // A name that does not belong is named by its own line, not by that of the object around it.
      const steps = [...path.map(stepOf), ...('keys' in issue && issue.keys[0] !== undefined ? [issue.keys[0]] : [])];
      return `line ${lineOf(steps)}: ${pathText(steps) || 'the file'}: ${code === 'unrecognized_keys' ? 'is not known here' : message}`;
    });
    throw new BadAccessRules(complaints.join('; '));
  } catch (error) {
    if (error instanceof BadJson) throw new BadAccessRules(`line ${error.line}: ${error.message}`, { cause: error });
    throw error;
  }
}

const stepOf = (step: PropertyKey) => (typeof step === 'symbol' ? String(step) : step);

/** What somebody in these groups may do: the strongest role, and the accounts of all the groups; undefined when none counts. */
export function accessOf(rules: AccessRules, groups: readonly string[]): Grant | undefined {
  const grants = groups.flatMap((group) => (Object.hasOwn(rules.groups, group) ? (rules.groups[group] ?? []) : []));
  const role = roles.findLast((one) => grants.some((grant) => grant.role === one));
  if (!role) return undefined;
  const accounts = grants.some((grant) => grant.accounts === 'all')
    ? 'all'
    : [...new Set(grants.flatMap((grant) => grant.accounts))].sort();
  return { role, accounts };
}
