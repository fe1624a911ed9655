/** Whether the page that is opened next was opened by a button that is gone then: its heading takes the focus over. */
let isWanted = false;

export function focusNextHeading(): void {
  isWanted = true;
}

/** Answers once for each. */
export function isFocusWanted(): boolean {
  const answer = isWanted;
  isWanted = false;
  return answer;
}
