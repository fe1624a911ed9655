import { provideBuild } from '../scripts/build.ts';

/** The tests run on the build that is shipped; `npm run e2e` by itself makes it when it is stale. */
export default async function globalSetup() {
  await provideBuild();
}
