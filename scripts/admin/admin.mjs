import { launch } from '../bootstrap.mjs';

await launch('scripts/admin/admin.ts');
