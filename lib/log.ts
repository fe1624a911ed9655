import { pino } from 'pino';

/** One JSON line per event on standard output. Nothing personal goes in: IDs, codes and counts only. */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
});
