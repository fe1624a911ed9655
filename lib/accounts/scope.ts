/** Which accounts something is about: all there are, or these. */
export type Scope = 'all' | readonly string[];

/** Whether an account is within a scope. */
export const isInScope = (scope: Scope, accountId: string): boolean => scope === 'all' || scope.includes(accountId);

/** The accounts that are in both scopes. */
export function commonScope(one: Scope, other: Scope): Scope {
  return one === 'all' ? other : one.filter((accountId) => isInScope(other, accountId));
}
