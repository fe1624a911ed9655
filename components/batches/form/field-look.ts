export const fieldLook =
  'block min-h-8.5 w-full min-w-0 rounded-lg border border-line-strong bg-sheet px-2.5 py-1.5 text-ink aria-invalid:border-bad pointer-coarse:min-h-11';
