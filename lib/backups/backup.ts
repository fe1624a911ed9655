import { z } from 'zod';

/** What keeps a backup or a restore from being made, as one line for the person at the terminal. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}

/** Comes last, so that a folder without it is no backup. */
export const manifestName = 'carillon-backup.json';

/** Where a backup is made before it is whole, inside its folder. */
export const unfinishedName = 'unfinished';

export const chimeFile = 'chime.sqlite';

const fileShape = z.object({
  name: z.string().regex(/^[\w.]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * What a backup holds, and what it was taken of. `audit`: the end of the log just before the copy began, so that the copy has at least this;
 * `schema`: the last migration. Without files it tells only how the database was, which has been copied by other means.
 */
export const manifestShape = z.object({
  form: z.literal(1),
  takenAt: z.iso.datetime(),
  carillon: z.string(),
  postgres: z.string(),
  schema: z.string(),
  audit: z.object({
    sequence: z.string().regex(/^\d{1,19}$/),
    hmac: z.string(),
    keyId: z.string().nullable(),
  }),
  people: z.number().int().nonnegative(),
  files: z.array(fileShape),
});

export type Manifest = z.output<typeof manifestShape>;
export type BackupFile = z.output<typeof fileShape>;

/** What is here to read a backup with: PostgreSQL's version, the migrations this program knows, and the IDs of the audit's keys. */
export type Reader = { postgres: string; schemas: readonly string[]; keyIds: readonly string[] };

/** Throws `BackupRefused` where this program, its PostgreSQL or its keys do not fit a backup. */
export function refuseMisfit({ files, postgres, schema, audit }: Manifest, here: Reader): void {
  if (files.length === 0) {
    throw new BackupRefused(
      'This backup holds a manifest alone: its database was copied by a tool of your own, which restores it as well',
    );
  }
  if (majorOf(postgres) !== majorOf(here.postgres)) {
    throw new BackupRefused(
      `The backup is of PostgreSQL ${majorOf(postgres)}, and PostgreSQL ${majorOf(here.postgres)} comes along here: restore it with the release of Carillon that took it`,
    );
  }
  if (!here.schemas.includes(schema)) {
    throw new BackupRefused(
      `The backup has the schema ${schema}, which is newer than this release of Carillon knows (${here.schemas.at(-1)}): restore it with the release that took it, or a newer one`,
    );
  }
  if (audit.keyId !== null && !here.keyIds.includes(audit.keyId)) {
    throw new BackupRefused(
      `The audit in the backup is sealed with the key ${audit.keyId}, and the key here is ${here.keyIds[0] ?? 'missing'}: put the keys.env of that installation into CARILLON_HOME, or set AUDIT_KEY`,
    );
  }
}

/** The version that data and programs have to have in common. */
const majorOf = (version: string): number => Number.parseInt(version, 10);

/**
 * Of backups that were taken at these moments, those to remove, so that no more than `keep` are left: the oldest. The newest is never
 * among them.
 */
export function toRemove<Backup extends { takenAt: string }>(backups: readonly Backup[], keep: number): Backup[] {
  return backups.toSorted((one, other) => other.takenAt.localeCompare(one.takenAt)).slice(Math.max(1, keep));
}
