import { launch } from './bootstrap.mjs';

await launch('scripts/audit-verify.ts');
