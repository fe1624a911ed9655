import { launch } from '../bootstrap.mjs';

await launch('scripts/backups/backup.ts');
