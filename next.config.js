/** Files whose names tell their content; what all other answers carry is in proxy.ts. */
const hashedFiles = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

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
  async headers() {
    return [{ source: '/_next/static/:path*', headers: hashedFiles }];
  },
};
