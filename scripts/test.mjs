import { launch } from './bootstrap.mjs';

await launch('scripts/prove.ts');
