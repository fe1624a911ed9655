import { launch } from './bootstrap.mjs';

await launch('scripts/campaign.ts');
