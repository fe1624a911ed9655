import { z } from 'zod';
import { addressesOf } from './db/addresses.ts';
import { chimeId } from './id.ts';
import { englishTag, type LanguageTag, languageTags } from './locale.ts';
import { defaultLimits, limitsFrom } from './operators/batch-limits.ts';
import { changeLimitsFrom, defaultChangeLimits } from './operators/change-limits.ts';
import { defaultRequestLimits, requestLimitsFrom } from './operators/request-limits.ts';
import { isLoopbackHost } from './origin.ts';
import { BadSettings, type Environment, environment } from './secrets/environment.ts';
import { weaknessOf } from './secrets/secret.ts';
import { isZone } from './wall-clock.ts';

const isAddressOf = (text: string, protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const url = (protocols: string[]) =>
  z.string().refine((text) => isAddressOf(text, protocols), {
    message: `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    abort: true,
  });

/** Each host on its own must make an address. */
const databaseUrl = z
  .string()
  .refine((text) => addressesOf(text).every((one) => isAddressOf(one, ['postgres:', 'postgresql:'])), {
    message: 'must be an address beginning with postgres:// or postgresql://',
    abort: true,
  });

const isBare = ({ pathname, search, hash, username, password }: URL) =>
  pathname === '/' && search === '' && hash === '' && username === '' && password === '';

/** An origin alone, as browsers send it. */
const origin = url(['http:', 'https:'])
  .refine(
    (text) => isBare(new URL(text)),
    'must be an origin alone, such as https://carillon.example: no path, no name',
  )
  .transform((text) => new URL(text).origin);

const secret = z.string().superRefine((text, context) => {
  const weakness = weaknessOf(text);
  if (weakness) context.addIssue(weakness);
});

const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
    message: 'must be a port: a number from 1 to 65535',
  })
  .transform(Number);

const address = z.union(
  [z.ipv4(), z.ipv6(), z.literal('localhost')],
  'must be an IP address of this machine, or 0.0.0.0 for all',
);

const count = (most: number, message: string) =>
  z
    .string()
    .refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most, message)
    .transform(Number);

const language = z.enum(languageTags, `must be one of ${languageTags.join(', ')}`).default(englishTag);

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const settingsShape = z
  .object({
    DATABASE_URL: databaseUrl,
    DATABASE_LISTEN_URL: databaseUrl.optional(),
    DATABASE_READ_URL: databaseUrl.refine((text) => addressesOf(text).length === 1, 'must name one host').optional(),
    CHIME_ENDPOINT: url(['http:', 'https:']).optional(),
    CHIME_REGION: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be a region such as us-east-1')
      .default('us-east-1'),
    CHIME_ACCOUNTS: z
      .string()
      .optional()
      .transform((list) =>
        list
          ?.split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      )
      .refine(
        (ids) => ids?.every((id) => chimeId.safeParse(id).success) ?? true,
        'must be account IDs with commas between',
      ),
    PUBLIC_URL: origin.default('http://localhost:3000'),
    NEXTAUTH_URL: z
      .string()
      .transform((text) => text.replace(/\/$/, ''))
      .optional(),
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_SECRET_PREVIOUS: secret.optional(),
    AUDIT_KEY: secret.optional(),
    AUDIT_KEY_PREVIOUS: secret.optional(),
    OIDC_ISSUER: url(['http:', 'https:'])
      .refine((text) => !/[?#]/.test(text), 'must have neither "?" nor "#"')
      .optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    ACCESS_FILE: z.string().optional(),
    TRUST_PROXY: z
      .string()
      .regex(/^[1-9]$/, 'must be how many proxies stand in front: a number from 1 to 9')
      .transform(Number)
      .optional(),
    CHANGE_LIMITS: z
      .string()
      .default(defaultChangeLimits)
      .transform((text, context) => {
        const limits = changeLimitsFrom(text);
        if (!limits) context.addIssue('must be changes by hand in an hour, such as helpdesk=200,admin=1000');
        return limits ?? z.NEVER;
      }),
    REQUEST_LIMITS: z
      .string()
      .default(defaultRequestLimits)
      .transform((text, context) => {
        const limits = requestLimitsFrom(text);
        if (!limits) context.addIssue('must be requests in a minute, such as operator=3000');
        return limits ?? z.NEVER;
      }),
    BATCH_LIMITS: z
      .string()
      .default(defaultLimits)
      .transform((text, context) => {
        const limits = limitsFrom(text);
        if (!limits) context.addIssue('must be people in a batch and in a day for each role, such as admin=1000/5000');
        return limits ?? z.NEVER;
      }),
    BACKUP_DIR: z.string().optional(),
    BACKUP_EVERY_HOURS: count(168, 'must be hours: a number from 1 to 168').default(24),
    BACKUP_KEEP: count(1_000, 'must be how many backups stay: a number from 1 to 1000').default(7),
    REPORT_ZONE: z
      .string()
      .refine(isZone, 'must be the name of a time zone, such as UTC or Europe/Berlin')
      .default('UTC'),
    BIND_ADDRESS: address.default('127.0.0.1'),
    PORT: port.default(3000),
    DRAIN_SECONDS: z
      .string()
      .regex(/^(?:[0-9]|[1-9][0-9]|[12][0-9]{2}|300)$/, 'must be seconds: a number from 0 to 300')
      .default('5')
      .transform(Number),
    OPS_PORT: port.optional(),
    OPS_ADDRESS: address.default('127.0.0.1'),
    OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
    UI_LANGUAGE: language,
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
    AUTH_TRUST_HOST: z.undefined('must not be set: PUBLIC_URL says where Carillon is').optional(),
    VERCEL: z.undefined('must not be set: PUBLIC_URL says where Carillon is').optional(),
    NODE_TLS_REJECT_UNAUTHORIZED: z
      .string()
      .refine((text) => text !== '0', 'must not be 0: it would believe any certificate')
      .optional(),
  })
  .superRefine((settings, context) => {
    const complain = (name: keyof typeof settings, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });

    const oidc = (['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'ACCESS_FILE'] as const).map(
      (name) => [name, settings[name] !== undefined] as const,
    );
    const hasOidc = settings.OIDC_ISSUER !== undefined;
    for (const [name, isSet] of oidc) {
      if (!isSet && oidc.some(([, isOtherSet]) => isOtherSet)) {
        complain(name, 'is missing: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and ACCESS_FILE go together');
      }
    }
    if (settings.OIDC_ISSUER && isOpenHttp(new URL(settings.OIDC_ISSUER))) complain('OIDC_ISSUER', 'must be https');

    if (settings.CHIME_ENDPOINT && isOpenHttp(new URL(settings.CHIME_ENDPOINT))) {
      complain('CHIME_ENDPOINT', 'must be https unless it is this machine alone');
    }

    const publicUrl = new URL(settings.PUBLIC_URL);
    if (isOpenHttp(publicUrl)) complain('PUBLIC_URL', 'must be https unless it is this machine alone');
    if (!isLoopbackHost(publicUrl.hostname) && !hasOidc) {
      complain('PUBLIC_URL', 'needs OIDC_ISSUER and its settings unless it is this machine alone');
    }
    if (!isLoopbackHost(settings.BIND_ADDRESS) && isLoopbackHost(publicUrl.hostname)) {
      complain('BIND_ADDRESS', 'lets others in, and PUBLIC_URL is this machine alone');
    }
    if (settings.NEXTAUTH_URL !== undefined && settings.NEXTAUTH_URL !== settings.PUBLIC_URL) {
      complain('NEXTAUTH_URL', 'must be PUBLIC_URL, or not set');
    }

    const secrets = [
      'NEXTAUTH_SECRET',
      'NEXTAUTH_SECRET_PREVIOUS',
      'AUDIT_KEY',
      'AUDIT_KEY_PREVIOUS',
      'OIDC_CLIENT_SECRET',
    ] as const;
    for (const [index, name] of secrets.entries()) {
      const twin = secrets.slice(0, index).find((other) => settings[other] === settings[name]);
      if (settings[name] !== undefined && twin) complain(name, `must not be the same as ${twin}`);
    }
  });

/** Plain http to another machine: anybody on the way reads it. */
const isOpenHttp = ({ protocol, hostname }: URL) => protocol === 'http:' && !isLoopbackHost(hostname);

export type Settings = z.output<typeof settingsShape>;

/** The settings of the web and of the worker, checked. Throws `BadSettings`, naming every setting that is wrong. */
export function readSettings(source: Environment = environment()): Settings {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const settings = settingsShape.safeParse(present);
  if (settings.success) return settings.data;
  const complaints = settings.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const isMissing = present[name] === undefined && issue.code !== 'custom';
    return `${name}: ${isMissing ? 'is missing' : issue.message}`;
  });
  throw new BadSettings(`Bad settings: ${complaints.join('; ')}`);
}

/** The language to speak, for a program that needs no other setting. Throws `BadSettings` where there is no such language. */
export function readLanguage(text = process.env.UI_LANGUAGE): LanguageTag {
  const { success, data, error } = language.safeParse(text || undefined);
  if (success) return data;
  throw new BadSettings(`Bad settings: UI_LANGUAGE: ${error.issues[0]?.message}`);
}

/** One setting that must be there, by name; throws a clear line when it is not. */
export function requiredSetting(name: string): string {
  const value = environment()[name];
  if (!value) throw new BadSettings(`Bad settings: ${name}: is missing`);
  return value;
}
