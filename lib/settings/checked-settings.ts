import { settingsOrExit } from './check-settings.ts';

/** The settings of this program, which ends as soon as this module is loaded where something is wrong with them. */
export const settings = settingsOrExit();
