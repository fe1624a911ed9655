import { clearSiteData } from '@/lib/headers.ts';

/** Where signing out leads: the browser forgets the pages it has kept and asks for the sign-in page anew. */
export function GET(): Response {
  return new Response(null, { status: 303, headers: { location: '/sign-in', 'clear-site-data': clearSiteData } });
}
