const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  },
];

/** @type {import('next').NextConfig} */
export default {
  agentRules: false, // Next writes nothing into the tree.
  experimental: { agentUpgrade: false },
  devIndicators: false,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'pino', 'kysely', '@aws-sdk/client-chime'],
  async headers() {
    return [{ source: '/:path*', headers: everywhere }];
  },
};
