import { launch } from './bootstrap.mjs';

await launch('license.ts');
