import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { log } from '../log/log.ts';
import { openOps } from '../ops/ops-server.ts';
import { settings } from '../settings/checked-settings.ts';
import { checkProviderOrExit, checkSchemaOrExit } from '../start-up.ts';
import { onStopSignal } from '../stop-signals.ts';
import { openTraces } from '../traces/open-traces.ts';
import { addressHeader, callerAddress } from './caller-address.ts';
import { sendConsoleToLog } from './console-to-log.ts';
import { answerAway, needsDatabase, watchDatabase } from './database-away.ts';
import { openDrain } from './drain.ts';
import { measureRequest } from './measure-request.ts';
import { packedFilesOf } from './packed-files.ts';
import { answeredOnDoorstep } from './request-filter.ts';
import { routesOfBuild } from './route-patterns.ts';

/** The web: Next's own server, on a port that opens only when all is well, and that knows who is at the other end. */
process.env.NEXTAUTH_URL = settings.PUBLIC_URL;
Object.assign(process.env, { NODE_ENV: 'production' });
sendConsoleToLog();
await checkProviderOrExit(settings);
await checkSchemaOrExit(settings);
const ops = await openOps('web', settings);
const traces = await openTraces('web', settings);

/** Who takes longer than this to say what they want, or to send it, is not waited for. */
const slowest = { headersTimeout: 5_000, requestTimeout: 120_000, connectionsCheckingInterval: 1_000 };

const { default: next } = await import('next');
const app = next({
  dev: false,
  hostname: settings.BIND_ADDRESS,
  port: settings.PORT,
  // Next would keep every connection of ours that asks to be upgraded, for good, and says nothing on it: of this one it gets none.
  httpServer: createServer(),
});
await app.prepare();
const answer = app.getRequestHandler();
const routeOf = routesOfBuild();
const answeredPacked = packedFilesOf();

const database = watchDatabase(settings.DATABASE_URL);

const server = createServer(slowest, (request, response) => {
  take(response);
  measureRequest(request, response, routeOf);
  if (answeredOnDoorstep(request, response, settings.PUBLIC_URL)) return;
  if (answeredPacked(request, response)) return;
  request.headers[addressHeader] = callerAddress(request, settings.TRUST_PROXY);
  answerWithDatabase(request, response).catch((error: unknown) => {
    log.error({ err: error }, 'A request could not be answered');
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
});
const { take, drain } = openDrain(server);

async function answerWithDatabase(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (needsDatabase(request) && !(await database.isThere())) answerAway(request, response);
  else await answer(request, response);
}

server.once('error', ({ message }) => {
  process.stderr.write(`The web cannot listen: ${message}\n`);
  process.exit(1);
});
server.listen(settings.PORT, settings.BIND_ADDRESS);

onStopSignal(() => {
  ops.drain();
  void drain(settings.DRAIN_SECONDS)
    .then(() => traces.close())
    .finally(() => process.exit(0));
});
