import { launch } from '../bootstrap.mjs';

await launch('scripts/backups/restore.ts');
