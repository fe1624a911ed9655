import { z } from 'zod';

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const settingsShape = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  CHIME_ENDPOINT: url(['http:', 'https:']).optional(),
  CHIME_REGION: z.string().min(1).default('us-east-1'),
  CHIME_ACCOUNTS: z
    .string()
    .optional()
    .transform((list) =>
      list
        ?.split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  PUBLIC_URL: url(['http:', 'https:']).default('http://localhost:3000'),
  NEXTAUTH_SECRET: z.string().refine((secret) => Buffer.byteLength(secret) >= 32, 'must have at least 32 bytes'),
});

export type Settings = z.output<typeof settingsShape>;

/** The settings of the web and of the worker, checked. Throws one clear line naming every setting that is wrong. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const settings = settingsShape.safeParse(present);
  if (settings.success) return settings.data;
  const complaints = settings.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `${name}: ${present[name] === undefined ? 'is missing' : issue.message}`;
  });
  throw new Error(`Bad settings: ${complaints.join('; ')}`);
}

/** One setting that must be there, by name; throws a clear line when it is not. */
export function requiredSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Bad settings: ${name}: is missing`);
  return value;
}
