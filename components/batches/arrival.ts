/** Whether the page that is opened next was opened by a button that is gone then: its heading takes the focus over. */
let isAwaited = false;

export function awaitArrival(): void {
  isAwaited = true;
}

/** Answers once for each. */
export function hasBeenAwaited(): boolean {
  const answer = isAwaited;
  isAwaited = false;
  return answer;
}
