import { z } from 'zod';
import type { SignIn } from '../../testing/stack.ts';

/** The cookies of a session, as next-auth's sign-in form gets them. */
export async function signIn({ url, helpdesk }: { url: string; helpdesk: SignIn }): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await first.json());
  const { username, password } = helpdesk;
  const second = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(first), origin: url },
    body: new URLSearchParams({ csrfToken, username, password, json: 'true' }),
    redirect: 'manual',
  });
  await second.body?.cancel();
  const cookies = cookiesOf(second);
  if (!cookies.includes('session-token=')) throw new Error('Nobody could be signed in');
  return cookies;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
