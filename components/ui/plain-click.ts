import type { MouseEvent } from 'react';

/** Whether a click on a link means "go there, here": not in a new tab, not saved, not dragged. */
export function isPlainClick(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false;
  return !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
