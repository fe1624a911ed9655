import { launch } from './bootstrap.mjs';

await launch('local-chime/main.ts', { inProduction: true });
