import { z } from 'zod';
import type { App } from './tools/app.ts';
import { timed } from './tools/measure.ts';
import { signIn } from './tools/session.ts';
import type { Turn } from './tools/turns.ts';

/** Calls a server action as the browser does: same headers, same encoding of its one argument. */
export type CallAction = (name: string, page: string, input: unknown) => Promise<{ time: number; answer: string }>;

/** Signs in and answers with what calls actions in that session. */
export async function openSession(app: App): Promise<CallAction> {
  const cookie = await signIn(app);
  return async (name, page, input) => {
    const id = app.actionIds.get(name);
    if (!id) throw new Error(`The build has no server action ${name}`);
    const { time, value } = await timed(async () => {
      const response = await fetch(`${app.url}${page}`, {
        method: 'POST',
        headers: {
          accept: 'text/x-component',
          'next-action': id,
          'content-type': 'text/plain;charset=UTF-8',
          origin: app.url,
          cookie,
        },
        body: JSON.stringify([input]),
      });
      if (!response.ok) throw new Error(`The action ${name} answers ${response.status}`);
      return response.text();
    });
    return { time, answer: value };
  };
}

/** Makes one change as the plan cell does; throws when it was not applied at once. */
export async function changeByAction(app: App, call: CallAction, turn: Turn) {
  const page = `/accounts/${app.accountId}/users`;
  const { time, answer } = await call('changeLicenses', page, { accountId: app.accountId, choices: [turn] });
  return { time, changeId: changeIdIn(answer) };
}

const appliedShape = z.object({
  ok: z.literal(true),
  value: z.tuple([z.object({ state: z.literal('applied'), changeId: z.string() })]),
});

/** The answer is a stream of numbered lines; line 1 is what the action returned. */
function changeIdIn(answer: string): string {
  const returned = answer.split('\n').find((line) => line.startsWith('1:'));
  if (!returned) throw new Error(`The action returned nothing: ${answer}`);
  return appliedShape.parse(JSON.parse(returned.slice(2))).value[0].changeId;
}
