import { createHash } from 'node:crypto';

// By this key Next names the server actions. A random one for each build, as is usual, would let a page built on one machine fail on
// another. It is no secret: Next also seals values of actions with it, and ours have none (scripts/checks/actions.test.ts).
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= createHash('sha256').update('carillon actions').digest('base64');

/** @type {import('next').NextConfig} */
export default {
  // A browser loads a page anew where the web that answers is of another build; the same sources are the same build on every host.
  generateBuildId: async () => {
    const { hashSources } = await import('./lib/web/source-hash.ts');
    return hashSources(import.meta.dirname).slice(0, 20);
  },
  agentRules: false, // Next writes nothing into the tree.
  compiler: {
    runAfterProductionCompile: async ({ distDir }) => {
      const { packFiles } = await import('./lib/web/packed-files.ts');
      packFiles(distDir);
    },
  },
  experimental: {
    agentUpgrade: false,
    // Past this size Next cuts a body without a word; a little above what an uploaded file may weigh, so that we are who refuses it.
    proxyClientMaxBodySize: '11mb',
  },
  devIndicators: false,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'pino', 'kysely', '@aws-sdk/client-chime'],
  images: { unoptimized: true }, // Next's own resizing of pictures, which is for anybody to ask, is closed.
};
