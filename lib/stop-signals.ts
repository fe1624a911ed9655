/** Ctrl-C reaches a program several times at once: from the terminal, and from each launcher that passes it on. */
const sameKeyMs = 500;

/**
 * Calls `stop` once, when somebody asks for the end: SIGINT, SIGTERM, or the death of the launcher that started this
 * program. A further signal ends the process at once.
 */
export function onStopSignal(stop: () => void): void {
  let asked: number | undefined;
  const end = () => {
    if (asked === undefined) stop();
    asked ??= performance.now();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked !== undefined && performance.now() - asked > sameKeyMs) process.exit(signal === 'SIGINT' ? 130 : 143);
      end();
    });
  }
  process.once('disconnect', end);
  process.channel?.unref(); // the listener alone must not keep a program running that has nothing left to do
}
