import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import pg from 'pg';
import { databaseRetry, type Failure } from '../failures.ts';
import { isSiteFile } from '../headers.ts';
import { directionOf, language } from '../locale.ts';
import { log } from '../log/log.ts';
import { pages } from '../texts/pages.ts';

const deadlineMs = 2_000;

/**
 * Knows whether the database is there, by a connection of its own that breaks when the server goes. The answer is false while it cannot be
 * reached; asking tries again.
 */
export function watchDatabase(url: string): { isThere(): Promise<boolean>; close(): Promise<void> } {
  let alive: pg.Client | undefined;
  let trying: Promise<boolean> | undefined;
  let wasThere = true;

  async function connect(): Promise<boolean> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: deadlineMs, keepAlive: true });
    client.on('error', () => {});
    client.on('end', () => {
      if (alive === client) alive = undefined;
    });
    const isThere = await client.connect().then(
      () => true,
      () => false,
    );
    if (isThere) alive = client;
    if (isThere !== wasThere)
      log[isThere ? 'info' : 'error'](isThere ? 'The database is there again' : 'The database is away');
    wasThere = isThere;
    return isThere;
  }

  return {
    async isThere() {
      if (alive) return true;
      trying ??= connect().finally(() => {
        trying = undefined;
      });
      return trying;
    },
    async close() {
      await trying;
      await alive?.end();
    },
  };
}

/** Files that are the same for everybody need no database. */
const isFile = (url: string) => url.startsWith('/_next/static/') || isSiteFile(url.split('?', 1)[0] ?? '');

/** Whether an answer needs the database. Actions answer in a form of their own, and so are left to them. */
export const needsDatabase = ({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean =>
  !isFile(url) && headers['next-action'] === undefined;

/** Answers 503 while the database is away: a page to browsers, JSON to anybody else. */
export function answerAway(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  response: Pick<ServerResponse, 'setHeader' | 'writeHead' | 'end'>,
): void {
  const isPage = headers.accept?.includes('text/html') === true && headers.rsc === undefined;
  if (isPage) response.setHeader('Content-Security-Policy', pagePolicy);
  response.writeHead(503, {
    'Retry-After': databaseRetry,
    'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
  });
  response.end(method === 'HEAD' ? undefined : isPage ? page() : JSON.stringify({ failure: failure() }));
}

const failure = (): Failure => ({ code: 'no-database', at: new Date().toISOString(), requestId: randomUUID() });

const style =
  'body{margin:0;min-height:100dvh;display:grid;place-content:center;padding:16px;box-sizing:border-box;font:.9375rem/1.5 system-ui,sans-serif;color-scheme:light dark}main{max-width:44ch}h1{font-size:1.25rem}';

const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const page = () => `<!doctype html>
<html lang="${language()}" dir="${directionOf(language())}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${pages.awayTitle} · Carillon</title><style>${style}</style></head>
<body><main><h1>${pages.awayTitle}</h1><p>${pages.away}</p><p><a href="">${pages.brokenRetry}</a></p></main></body>
</html>
`;
