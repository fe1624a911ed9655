import { launch } from './bootstrap.mjs';

await launch('lib/web/main.ts', { inProduction: true });
