/** What is so while there is a database, and what is honest while there is none. */
type Phase = 'with a primary' | 'while there is no primary' | 'while the pooler restarts';

/** Counts answers by what was the matter when they were asked for, or when they came. Status 0: the connection broke. */
export function startTally() {
  const counts = new Map<Phase, { answers: number; bad: string[] }>();
  let phase: Phase = 'with a primary';
  let since = performance.now();
  return {
    enter(next: Phase) {
      phase = next;
      since = performance.now();
    },
    /** Takes a question; what its answer was, and what says why it was bad, is told to what comes back. */
    ask() {
      const asked = phase;
      return (status: number, what: string) => {
        const own = asked === 'with a primary' ? phase : asked;
        const count = counts.get(own) ?? { answers: 0, bad: [] };
        counts.set(own, count);
        count.answers += 1;
        const seconds = ((performance.now() - since) / 1_000).toFixed(1);
        if (status === 0 || status >= 400) count.bad.push(`${status || 'broken'} ${what} at ${seconds} s`);
      };
    },
    /** How many answers were bad while there was a database. */
    faults: () => counts.get('with a primary')?.bad.length ?? 0,
    say: () =>
      [...counts]
        .map(([name, { answers, bad }]) => `${name}: ${answers} answers, ${bad.length} bad ${inShort(bad)}`)
        .join('; '),
  };
}

const inShort = (bad: string[]) =>
  bad.length === 0 ? '' : `(${bad.slice(0, 8).join(', ')}${bad.length > 8 ? ', …' : ''})`;
