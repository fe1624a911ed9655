import '../settings/checked-settings.ts';

// The rest is loaded only where the settings are good: a wrong one is told at once.
await import('./work.ts');
