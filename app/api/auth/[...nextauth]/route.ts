import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options.ts';
import { deps } from '@/lib/deps.ts';

async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const { db, settings } = deps();
  return NextAuth(authOptions(db, settings.NEXTAUTH_SECRET))(request, context);
}

export { handler as GET, handler as POST };
