import { nothing } from './actions.ts';
import { Caller } from './caller.tsx';

/** A page with an action that does nothing. */
export default function Action() {
  return <Caller call={nothing} />;
}
