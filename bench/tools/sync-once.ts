/** One sync of the account that is due, in a process of its own: how long it took, and how much memory it needed at most. */
import { connect } from '../../lib/deps.ts';
import { syncDueAccount } from '../../lib/mirror/sync-mirror.ts';
import { timed } from './measure.ts';

const { db, chime } = connect();
const { time, value } = await timed(() => syncDueAccount({ db, chime }));
if (!value || value.failure)
  throw new Error(`The sync did not come to its end: ${value?.failure ?? 'nothing was due'}`);
process.send?.({ ms: time, peakMb: process.resourceUsage().maxRSS / 1024 });
await db.destroy();
chime.disconnect();
