import { launch } from './bootstrap.mjs';

await launch('lib/worker/main.ts', { inProduction: true });
