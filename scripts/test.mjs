import { launch } from './bootstrap.mjs';

await launch('prove.ts');
