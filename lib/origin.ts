const loopback = ['localhost', '127.0.0.1', '[::1]', '::1'];

/** Whether a host is this machine alone, reached by nobody else. */
export const isLoopbackHost = (host: string): boolean => loopback.includes(host);

/**
 * Whether a request's `Origin` is the site's own. On a laptop the names of the loopback interface stand for each other;
 * a missing origin is never our own.
 */
export function isOwnOrigin(origin: string | null, publicUrl: string): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  const [theirs, ours] = [new URL(origin), new URL(publicUrl)];
  if (theirs.origin === ours.origin) return true;
  return (
    theirs.protocol === ours.protocol &&
    theirs.port === ours.port &&
    loopback.includes(theirs.hostname) &&
    loopback.includes(ours.hostname)
  );
}

/** Whether a request was meant for this site, by the `Host` it asks for; the names of the loopback interface are one. */
export function isOwnHost(host: string | null, publicUrl: string): boolean {
  if (host === null || /[^\w.:[\]-]/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const ours = new URL(publicUrl);
  if (host === ours.host) return true;
  const theirs = new URL(`${ours.protocol}//${host}`);
  return loopback.includes(theirs.hostname) && loopback.includes(ours.hostname) && theirs.port === ours.port;
}

/** An address of this site as it is, or by its path; anything else leads to the front page. */
export function addressWithin(site: string, address: string): string {
  const url = URL.canParse(address, site) ? new URL(address, site) : undefined;
  return url?.origin === site && !url.pathname.startsWith('//') ? url.href : site;
}

/** A page of this site to come back to after signing in; anything else, another site's above all, leads to the front page. */
export function pathWithin(site: string, address: unknown): string {
  const { pathname, search } = new URL(typeof address === 'string' ? addressWithin(site, address) : site);
  return /^\/(sign-in|api)(\/|$)/.test(pathname) ? '/' : `${pathname}${search}`;
}
