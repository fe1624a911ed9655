/** Seats at what goes on for as long as somebody listens: so many for each, that nobody takes them all. */
export function openSeats(maxForEach: number) {
  const taken = new Map<string, number>();

  return {
    /** Takes a seat; the answer gives it back, once however often it is called. Undefined when all of theirs are taken. */
    take(who: string): (() => void) | undefined {
      const own = taken.get(who) ?? 0;
      if (own >= maxForEach) return undefined;
      taken.set(who, own + 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        const left = (taken.get(who) ?? 1) - 1;
        if (left > 0) taken.set(who, left);
        else taken.delete(who);
      };
    },
  };
}
