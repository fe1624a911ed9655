import { z } from 'zod';
import { isStillWelcome, operatorRoute } from '@/app/guard.ts';
import { deps, feed } from '@/lib/deps.ts';
import { followAccount, type Told } from '@/lib/events/follow-account.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId, last: z.string().max(20).optional() });

/** Longer than this a proxy takes silence for death; and a session that has ended hears nothing for longer than this. */
const heartbeatMs = 15_000;

/** Nobody hears news for longer than this after their session has ended. */
const trustMs = 1_000;

/** A reader who is so many messages behind is let go: coming back, it hears at once whether it missed anything. */
const mostBehind = 100;

/** What happens in an account, as server-sent events (WHATWG HTML, 9.2), for as long as somebody listens. */
export const GET = operatorRoute('users:view', shape, async ({ accountId, last }, { request }) => {
  const lastId = request.headers.get('last-event-id') ?? last;
  const welcome = await isStillWelcome(accountId);
  const encoder = new TextEncoder();
  let leave = () => {};

  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      let isOver = false;
      const end = () => {
        if (isOver) return;
        isOver = true;
        leave();
        controller.close();
      };
      let checkedAt = performance.now();
      let line = Promise.resolve();
      let waiting = 0;
      const tell = (told: Told) => {
        waiting += 1;
        if (waiting > mostBehind) return end();
        line = line.then(() => tellIfWelcome(told)).finally(() => (waiting -= 1)); // one after the other, as they came
      };
      const tellIfWelcome = async ({ id, name, value }: Told) => {
        if (request.signal.aborted || isOver) return;
        if (performance.now() - checkedAt > trustMs) {
          if (!(await welcome().catch(() => false))) return end();
          checkedAt = performance.now();
        }
        if (isOver || request.signal.aborted) return;
        if ((controller.desiredSize ?? 0) < -mostBehind) return end();
        write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
      };
      write('retry: 1000\n\n');
      const unfollow = await followAccount({ db: deps().db, feed: feed() }, accountId, lastId, tell);
      const heartbeat = setInterval(async () => {
        const stays = await welcome().catch(() => false);
        if (request.signal.aborted || isOver) return;
        if (stays) write(': still here\n\n');
        else end();
      }, heartbeatMs);
      leave = () => {
        clearInterval(heartbeat);
        unfollow();
      };
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', () => leave(), { once: true });
    },
    cancel: () => leave(),
  });

  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform', // compressed, events would wait for each other
      'x-accel-buffering': 'no',
    },
  });
});
