import { launch } from './bootstrap.mjs';

await launch('audit-verify.ts');
