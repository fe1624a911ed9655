/** @type {import('next').NextConfig} */
export default {
  agentRules: false, // Next writes nothing into the tree.
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
