import { launch } from './bootstrap.mjs';

await launch('lib/local-chime/main.ts', { inProduction: true });
