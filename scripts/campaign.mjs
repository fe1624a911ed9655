import { launch } from './bootstrap.mjs';

await launch('campaign.ts');
