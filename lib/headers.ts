/** Headers of every answer: what browsers may do with it, whatever is in it. */
export function commonHeaders(publicUrl: string): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    // Browsers keep this promise for the whole host: only where the site itself is https for good.
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** Files of `public/`, which are the same for everybody and seldom change. */
const siteFile = /^\/(?:icon\.svg|favicon\.ico|apple-touch-icon\.png|manifest\.webmanifest|robots\.txt)$/;

export const isSiteFile = (pathname: string): boolean => siteFile.test(pathname);

/** How long an answer may be kept: only files that are the same for everybody are, for a day. */
export const cachingOf = (pathname: string): string => (isSiteFile(pathname) ? 'public, max-age=86400' : 'no-store');

/**
 * What a browser forgets at sign-out: the pages it has kept, for going back to. Cookies would be those of the whole domain, with other sites
 * on it; storage holds what an operator has switched off here for good.
 */
export const clearSiteData = '"cache"';

/** What data answers may do in a browser: nothing. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** What a page may load: its own files, and scripts that carry this page's nonce or were loaded by one that does. */
export function pagePolicy(nonce: string, isDev: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`, // React's dev build evaluates
    `style-src 'self'${isDev ? " 'unsafe-inline'" : ` 'nonce-${nonce}'`}`, // so does the hot style loader inline
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}
