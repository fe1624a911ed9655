import type { Import } from './imports.ts';

/**
 * The order of lib, bottom first: a folder, and a file that stands in none, imports only what stands before it here. A new folder gets
 * its place here and its line in ARCHITECTURE.md.
 */
export const folderOrder = [
  ...['away.ts', 'csv.ts', 'failures.ts', 'result.ts', 'headers.ts', 'id.ts', 'input-header.ts', 'plain-text.ts'],
  ...[
    'secrets',
    'origin.ts',
    'stop-signals.ts',
    'queues',
    'uuid.ts',
    'locale.ts',
    'wall-clock.ts',
    'measured.ts',
    'draining.ts',
  ],
  'licenses',
  'matching',
  'db',
  'operators',
  'env.ts',
  'log',
  'traces',
  'events',
  'accounts',
  'audit',
  'restores',
  'users',
  'chime',
  'endings',
  'lists',
  'mirror',
  'search',
  'counts',
  'departments',
  'trend',
  'costs',
  'views',
  'preferences',
  'auth',
  'tokens',
  'changes',
  'live',
  'batches',
  'texts',
  'files',
  'previews',
  'exports',
  'backups',
  'console',
  'deps.ts',
  'migrate.ts',
  'settings',
  'start-up.ts',
  'ops',
  'web',
  'worker',
];

/** The folder of lib that a file is in, or the file's own name where it is in none; undefined outside lib. */
export const placeOf = (file: string): string | undefined => /^lib\/([^/]+)/.exec(file)?.[1];

/** The imports that break an order: of what stands after the importer, or of what has no place. */
export function upwardImports(imports: Import[], order: string[]): Import[] {
  return imports.filter(({ from, to }) => {
    const [importer, imported] = [placeOf(from), placeOf(to)];
    if (importer === undefined || imported === undefined || importer === imported) return false;
    const [own, other] = [order.indexOf(importer), order.indexOf(imported)];
    return own === -1 || other === -1 || other > own;
  });
}
