import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readSettings } from './env.ts';

const good = {
  DATABASE_URL: 'postgres://localhost/carillon',
  NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it',
};
const oidc = {
  OIDC_ISSUER: 'https://login.nordwind.example/realms/it',
  OIDC_CLIENT_ID: 'carillon',
  OIDC_CLIENT_SECRET: 'of the provider',
  ACCESS_FILE: '/etc/carillon/access.json',
};
const open = { ...oidc, PUBLIC_URL: 'https://carillon.nordwind.example' };

test('good settings are taken, with defaults for what is not set', () => {
  expect(readSettings({ ...good, CHIME_ACCOUNTS: 'a, b,', TRUST_PROXY: '' })).toMatchObject({
    CHIME_REGION: 'us-east-1',
    PUBLIC_URL: 'http://localhost:3000',
    CHIME_ACCOUNTS: ['a', 'b'],
    BIND_ADDRESS: '127.0.0.1',
    CHANGE_LIMITS: { helpdesk: 200, admin: 1_000 },
    REPORT_ZONE: 'UTC',
  });
});

test.each(['http://127.0.0.1:4620', 'http://localhost:4620', 'http://[::1]:4620', 'https://chime.nordwind.example'])(
  'Chime may be asked at %s',
  (endpoint) => {
    expect(readSettings({ ...good, CHIME_ENDPOINT: endpoint }).CHIME_ENDPOINT).toBe(endpoint);
  },
);

test('the public address is taken as the origin that browsers send', () => {
  expect(readSettings({ ...good, ...open, PUBLIC_URL: 'https://Carillon.Example:443/' }).PUBLIC_URL).toBe(
    'https://carillon.example',
  );
});

test('the way is open with https, a provider and an access file', () => {
  expect(readSettings({ ...good, ...open, BIND_ADDRESS: '0.0.0.0', TRUST_PROXY: '1' })).toMatchObject({
    TRUST_PROXY: 1,
  });
});

test('a provider on this machine may be tried without https', () => {
  expect(readSettings({ ...good, ...oidc, OIDC_ISSUER: 'http://localhost:4000' })).toMatchObject({ PORT: 3000 });
});

const long = (text: string) => text.repeat(Math.ceil(40 / text.length));

const bad: [Record<string, string>, RegExp][] = [
  [{ DATABASE_URL: '' }, /DATABASE_URL: is missing/],
  [{ DATABASE_URL: 'mysql://localhost' }, /DATABASE_URL: must be an address beginning with postgres:/],
  [
    { DATABASE_URL: 'postgres://u:p@db1:5432,db2:port/desk' },
    /DATABASE_URL: must be an address beginning with postgres:/,
  ],
  [{ DATABASE_READ_URL: 'postgres://u:p@db1,db2/desk' }, /DATABASE_READ_URL: must name one host/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT: must be an address/],
  [{ CHIME_ENDPOINT: 'localhost:4620' }, /CHIME_ENDPOINT: must be/],
  [
    { CHIME_ENDPOINT: 'http://chime.nordwind.example' },
    /CHIME_ENDPOINT: must be https unless it is this machine alone/,
  ],
  [{ CHIME_ENDPOINT: 'http://localhost.evil.example:4620' }, /CHIME_ENDPOINT: must be https/],
  [{ CHIME_REGION: 'us east' }, /CHIME_REGION: must be a region/],
  [{ CHIME_ACCOUNTS: 'a, ../b' }, /CHIME_ACCOUNTS: must be account IDs/],
  [{ REPORT_ZONE: 'Mars/Olympus' }, /REPORT_ZONE: must be the name of a time zone/],
  [{ CHANGE_LIMITS: 'helpdesk=200' }, /CHANGE_LIMITS: must be changes by hand/],
  [{ CHANGE_LIMITS: 'helpdesk=0,admin=10' }, /CHANGE_LIMITS: must be changes by hand/],
  [{ CHANGE_LIMITS: 'helpdesk=5,admin=9,viewer=1' }, /CHANGE_LIMITS: must be changes by hand/],
  [{ CHANGE_LIMITS: 'helpdesk=5,admin=9,admin=9' }, /CHANGE_LIMITS: must be changes by hand/],
  [{ REQUEST_LIMITS: '3000' }, /REQUEST_LIMITS: must be requests in a minute/],
  [{ PUBLIC_URL: 'desk.example' }, /PUBLIC_URL: must be/],
  [{ PUBLIC_URL: 'http://localhost:3000/desk' }, /PUBLIC_URL: must be an origin alone/],
  [{ PUBLIC_URL: 'http://localhost:3000?x' }, /PUBLIC_URL: must be an origin alone/],
  [{ PUBLIC_URL: 'http://me@localhost:3000' }, /PUBLIC_URL: must be an origin alone/],
  [{ PUBLIC_URL: 'https://carillon.example' }, /PUBLIC_URL: needs OIDC_ISSUER/],
  [{ PUBLIC_URL: 'http://localhost.evil.example' }, /PUBLIC_URL: must be https.*PUBLIC_URL: needs OIDC_ISSUER/],
  [{ ...open, PUBLIC_URL: 'http://carillon.example' }, /^Bad settings: PUBLIC_URL: must be https[^;]*$/],
  [{ NEXTAUTH_URL: 'http://localhost:3001' }, /NEXTAUTH_URL: must be PUBLIC_URL/],
  [{ NEXTAUTH_SECRET: '' }, /NEXTAUTH_SECRET: is missing/],
  [{ NEXTAUTH_SECRET: 'short' }, /NEXTAUTH_SECRET: must have at least 32 bytes/],
  [{ NEXTAUTH_SECRET: long('change-me ') }, /NEXTAUTH_SECRET: is an example that everyone knows/],
  [{ NEXTAUTH_SECRET: 'secret-secret-secret-secret-secret-secret' }, /NEXTAUTH_SECRET: is an example/],
  [{ NEXTAUTH_SECRET: 'your-nextauth-secret-goes-right-here' }, /NEXTAUTH_SECRET: is an example/],
  [{ NEXTAUTH_SECRET: long('0') }, /NEXTAUTH_SECRET: is not random/],
  [{ NEXTAUTH_SECRET_PREVIOUS: 'short' }, /NEXTAUTH_SECRET_PREVIOUS: must have/],
  [{ NEXTAUTH_SECRET_PREVIOUS: good.NEXTAUTH_SECRET }, /NEXTAUTH_SECRET_PREVIOUS: must not be the same/],
  [{ AUDIT_KEY: good.NEXTAUTH_SECRET }, /AUDIT_KEY: must not be the same as NEXTAUTH_SECRET/],
  [{ ...oidc, ACCESS_FILE: '' }, /ACCESS_FILE: is missing: .* go together/],
  [{ ...oidc, OIDC_CLIENT_SECRET: '' }, /OIDC_CLIENT_SECRET: is missing/],
  [{ OIDC_CLIENT_ID: 'carillon' }, /OIDC_ISSUER: is missing.*OIDC_CLIENT_SECRET: is missing.*ACCESS_FILE: is missing/],
  [{ ACCESS_FILE: 'access.json' }, /OIDC_ISSUER: is missing/],
  [{ ...oidc, OIDC_ISSUER: 'http://login.nordwind.example' }, /OIDC_ISSUER: must be https/],
  [{ ...oidc, OIDC_ISSUER: 'login.nordwind.example' }, /OIDC_ISSUER: must be an address/],
  [{ BIND_ADDRESS: '0.0.0.0' }, /BIND_ADDRESS: lets others in/],
  [{ BIND_ADDRESS: 'carillon.example' }, /BIND_ADDRESS: must be an IP address/],
  [{ TRUST_PROXY: 'true' }, /TRUST_PROXY: must be how many proxies/],
  [{ PORT: '70000' }, /PORT: must be a port/],
  [{ UI_LANGUAGE: 'tlh' }, /UI_LANGUAGE: must be one of en-GB, /],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL: must be one of trace/],
  [{ AUTH_TRUST_HOST: 'true' }, /AUTH_TRUST_HOST: must not be set/],
  [{ OPS_PORT: '0' }, /OPS_PORT: must be a port/],
  [{ OPS_ADDRESS: 'here' }, /OPS_ADDRESS: must be an IP address/],
  [{ DRAIN_SECONDS: '301' }, /DRAIN_SECONDS: must be seconds: a number from 0 to 300/],
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /NODE_TLS_REJECT_UNAUTHORIZED: must not be 0/],
];
test.each(bad)('%j is named in one line that tells no secret', (settings, complaint) => {
  expect(() => readSettings({ ...good, ...settings })).toThrow(complaint);
  expect(() => readSettings({ ...good, ...settings })).toThrow(/^Bad settings: [^\n]*$/);
  expect(() => readSettings({ ...good, ...settings })).not.toThrow(good.NEXTAUTH_SECRET);
});

test('.env.example names every setting that docs/operating.md explains, and its values are the defaults', () => {
  const file = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const example = parseEnv(file('.env.example'));
  const explained = [...file('docs/operating.md').matchAll(/^\| (`[A-Z_]+`[^|]*) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect(explained).toContain('DATABASE_URL');
  expect(Object.keys(example)).toEqual(expect.arrayContaining(explained));
  const { DATABASE_URL, NEXTAUTH_SECRET, ...others } = example;
  expect([DATABASE_URL, NEXTAUTH_SECRET]).toEqual(['', '']);
  expect(readSettings({ ...good, ...others })).toEqual(readSettings(good));
});
