/**
 * The address of each host that a database's address names, in its order: `postgres://name@db1:5432,db2/carillon` has two. What
 * is no address at all comes back as it is.
 */
export function addressesOf(url: string): string[] {
  const [, scheme, authority, rest] = /^(postgres(?:ql)?:\/\/)([^/?#]*)(.*)$/s.exec(url) ?? [];
  if (scheme === undefined || authority === undefined || rest === undefined) return [url];
  const hostsAt = authority.lastIndexOf('@') + 1;
  const login = authority.slice(0, hostsAt);
  return authority
    .slice(hostsAt)
    .split(',')
    .map((host) => scheme + login + host + rest);
}
