type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

export type Place = { left: number; top: number; width: number; maxHeight: number };

const gap = 6;
const margin = 8;
const widest = 340;

/** Where the list opens: under its control, above it where there is more room, never off the screen. */
export function placeList(control: Box, listHeight: number, viewport: Size): Place {
  const width = Math.min(widest, viewport.width - 2 * margin);
  const left = Math.min(Math.max(control.left, margin), viewport.width - margin - width);
  const below = viewport.height - margin - control.bottom - gap;
  const above = control.top - gap - margin;
  const opensUp = listHeight > below && above > below;
  // A control that is partly off the screen has more room on one side than the screen is high.
  const maxHeight = Math.min(Math.max(opensUp ? above : below, 120), viewport.height - 2 * margin);
  const height = Math.min(listHeight, maxHeight);
  const top = opensUp ? control.top - gap - height : control.bottom + gap;
  return {
    left,
    top: Math.min(Math.max(top, margin), Math.max(margin, viewport.height - margin - height)),
    width,
    maxHeight,
  };
}
