import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type pg from 'pg';
import { connectToPrimary, inTime } from '../db/connections.ts';
import { databaseRetry, type Failure } from '../failures.ts';
import { isSiteFile } from '../headers.ts';
import { directionOf, language } from '../locale.ts';
import { log } from '../log/log.ts';
import { broken } from '../texts/broken.ts';
import { pages } from '../texts/pages.ts';

const deadlineMs = 2_000;

/** A busy machine may need this long for an answer. */
const answerWithinMs = 4_000;

/** An answer of the database holds for so long; then the next request asks again. */
const holdsMs = 2_000;

/**
 * Knows whether the database is there, by a connection of its own that breaks when the server goes, and is asked at most every 2 s
 * whether it still answers. False while it cannot be reached; asking tries again.
 */
export function watchDatabase(url: string): { isThere(): Promise<boolean>; close(): Promise<void> } {
  let alive: { client: pg.Client; at: number } | undefined;
  let trying: Promise<boolean> | undefined;
  let wasThere = true;

  async function connect(): Promise<boolean> {
    try {
      const { client } = await connectToPrimary(url, 'carillon watch', deadlineMs);
      client.once('end', () => {
        if (alive?.client === client) alive = undefined;
      });
      alive = { client, at: performance.now() };
    } catch {
      alive = undefined;
    }
    return alive !== undefined;
  }

  async function ask({ client }: { client: pg.Client }): Promise<boolean> {
    try {
      await inTime(client, answerWithinMs, client.query('select 1'));
      alive = { client, at: performance.now() };
      return true;
    } catch {
      return connect();
    }
  }

  async function look(): Promise<boolean> {
    const isThere = await (alive ? ask(alive) : connect());
    if (isThere !== wasThere)
      log[isThere ? 'info' : 'error'](isThere ? 'The database is there again' : 'The database is away');
    wasThere = isThere;
    return isThere;
  }

  return {
    async isThere() {
      if (alive && performance.now() - alive.at < holdsMs) return true;
      trying ??= look().finally(() => {
        trying = undefined;
      });
      return trying;
    },
    async close() {
      await trying;
      if (alive) await inTime(alive.client, deadlineMs, alive.client.end());
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
<body><main><h1>${pages.awayTitle}</h1><p>${pages.away}</p><p><a href="">${broken.retry}</a></p></main></body>
</html>
`;
