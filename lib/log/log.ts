import { pino } from 'pino';
import { logLevels } from '../env.ts';
import { factsForLog, sentenceForLog } from './log-facts.ts';

const wanted = process.env.LOG_LEVEL ?? '';

/**
 * One JSON line per event on standard output. Nothing personal goes in: IDs, codes and counts only (`log-facts.ts` sees to
 * it, whatever is passed). Takes facts and a sentence of ours, or the sentence alone.
 */
export const log = pino({
  level: logLevels.includes(wanted) ? wanted : 'info', // a level there is not stops the start with a line of its own
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  hooks: {
    logMethod([first, second], method) {
      const facts: unknown = first;
      const sentence = typeof first === 'string' ? first : typeof second === 'string' ? second : '';
      const given = facts instanceof Error ? { err: facts } : typeof facts === 'object' && facts !== null ? facts : {};
      method.apply(this, [factsForLog(given), sentenceForLog(sentence).replaceAll('%', '%%')]);
    },
  },
});
