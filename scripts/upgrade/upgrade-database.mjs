import { launch } from '../bootstrap.mjs';

await launch('scripts/upgrade/upgrade-database.ts');
