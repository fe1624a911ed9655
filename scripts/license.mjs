import { launch } from './bootstrap.mjs';

await launch('scripts/license.ts');
