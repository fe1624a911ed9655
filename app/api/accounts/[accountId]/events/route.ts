import { z } from 'zod';
import { operatorRoute } from '@/app/guard/routes.ts';
import { isStillWelcome } from '@/app/guard/session.ts';
import { deps, feed } from '@/lib/deps.ts';
import { whenClosed } from '@/lib/draining.ts';
import { chimeId } from '@/lib/id.ts';
import { openSeats } from '@/lib/live/concurrency-limit.ts';
import { followAccount, type Told } from '@/lib/live/follow-account.ts';
import { measured } from '@/lib/measured.ts';

const shape = z.object({ accountId: chimeId, last: z.string().max(20).optional() });

/** Longer than this a proxy takes silence for death; and a session that has ended hears nothing for longer than this. */
const heartbeatMs = 15_000;

/** Nobody hears news for longer than this after their session has ended. */
const trustMs = 1_000;

/** A reader who is so many messages behind is let go: coming back, it hears at once whether it missed anything. */
const maxBehind = 100;

/** Streams of one operator's at a time in this process: each asks the database now and then whether they are still welcome. */
const seats = openSeats(30);

/** Pages whose stream ends with this process come back spread over some time. */
const goodbye = () => `retry: ${500 + Math.round(Math.random() * 2_000)}\n\n`;

function takeSeat(operatorId: string): (() => void) | undefined {
  const giveBack = seats.take(operatorId);
  if (giveBack) measured.emit('eventStream', { step: 1 });
  return (
    giveBack &&
    (() => {
      giveBack();
      measured.emit('eventStream', { step: -1 });
    })
  );
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform', // compressed, events would wait for each other
  'x-accel-buffering': 'no',
};

/** What happens in an account, as server-sent events (WHATWG HTML, 9.2), for as long as somebody listens. */
export const GET = operatorRoute('users:view', shape, async ({ accountId, last }, { operator, request }) => {
  if (request.method === 'HEAD') return new Response(null, { headers }); // nobody would read it, nor ever hang up
  const lastId = request.headers.get('last-event-id') ?? last;
  const welcome = await isStillWelcome(accountId);
  const giveSeatBack = takeSeat(operator.id);
  if (!giveSeatBack) return new Response(null, { status: 429, headers: { 'retry-after': '30' } });
  const encoder = new TextEncoder();
  const undo = [giveSeatBack];
  let isOver = false;
  const leave = () => {
    isOver = true;
    for (const step of undo.splice(0)) step();
  };

  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const end = (lastWords = '') => {
        if (isOver) return;
        leave();
        if (lastWords !== '') write(lastWords);
        controller.close();
      };
      let checkedAt = performance.now();
      const tellIfWelcome = async ({ id, name, value }: Told) => {
        if (isOver) return;
        if (performance.now() - checkedAt > trustMs) {
          if (!(await welcome().catch(() => false))) return end();
          checkedAt = performance.now();
        }
        if (isOver) return;
        if ((controller.desiredSize ?? 0) < -maxBehind) return end();
        write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
      };
      const tell = oneAfterAnother(tellIfWelcome, () => end());
      request.signal.addEventListener('abort', leave, { once: true });
      if (request.signal.aborted) return leave();
      write('retry: 1000\n\n');
      undo.push(whenClosed(() => end(goodbye())));
      try {
        undo.push(await followAccount({ db: deps().db, feed: feed() }, accountId, lastId, tell));
      } catch (error) {
        leave();
        throw error;
      }
      const heartbeat = setInterval(async () => {
        const stays = await welcome().catch(() => false);
        if (isOver) return;
        if (stays) write(': still here\n\n');
        else end();
      }, heartbeatMs);
      undo.push(() => clearInterval(heartbeat));
      if (isOver) leave(); // the other end has hung up meanwhile
    },
    cancel: leave,
  });

  return new Response(body, { headers });
});

/** Hands on messages one after the other, as they came; where too many wait, calls `onBehind` instead. */
function oneAfterAnother(send: (told: Told) => Promise<void>, onBehind: () => void): (told: Told) => void {
  let line = Promise.resolve();
  let waiting = 0;
  return (told) => {
    waiting += 1;
    if (waiting > maxBehind) return onBehind();
    line = line.then(() => send(told)).finally(() => (waiting -= 1));
  };
}
