import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False while the server draws and the browser takes over, true afterwards: for what only the browser knows. */
export const useHydrated = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
