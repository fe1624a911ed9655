import type { Migration } from 'kysely/migration';
import * as directory from './0001-directory.ts';
import * as operators from './0002-operators.ts';
import * as changes from './0003-changes.ts';
import * as audit from './0004-audit.ts';
import * as counts from './0005-counts.ts';
import * as listings from './0006-listings.ts';
import * as search from './0007-search.ts';
import * as lists from './0008-lists.ts';
import * as views from './0009-views.ts';
import * as preferences from './0010-preferences.ts';
import * as auditChain from './0013-audit-chain.ts';
import * as access from './0014-access.ts';
import * as signInTries from './0015-sign-in-tries.ts';
import * as batches from './0016-batches.ts';
import * as operatorTokens from './0017-operator-tokens.ts';
import * as endings from './0018-endings.ts';
import * as people from './0019-people.ts';
import * as limits from './0020-limits.ts';
import * as auditSaysWho from './0021-audit-says-who.ts';
import * as groupsClaim from './0022-groups-claim.ts';
import * as pace from './0023-pace.ts';
import * as personReads from './0025-person-reads.ts';
import * as spellings from './0026-spellings.ts';
import * as endingsAndLateCalls from './0027-endings-and-late-calls.ts';
import * as batchCare from './0028-batch-care.ts';
import * as pageSize from './0029-page-size.ts';
import * as lastAccount from './0030-last-account.ts';
import * as lateCallsSayWho from './0032-late-calls-say-who.ts';
import * as changedById from './0033-changed-by-id.ts';
import * as derivedBy from './0034-derived-by.ts';
import * as removedEnds from './0035-removed-ends.ts';
import * as auditReasons from './0036-audit-reasons.ts';
import * as movements from './0038-movements.ts';
import * as batchChunks from './0039-batch-chunks.ts';
import * as prices from './0040-prices.ts';
import * as departments from './0041-departments.ts';
import * as batchReadings from './0042-batch-readings.ts';
import * as backups from './0043-backups.ts';
import * as lineComplaints from './0044-line-complaints.ts';
import * as schemaFit from './0045-schema-fit.ts';
import * as oldChanges from './0046-old-changes.ts';
import * as auditCuts from './0047-audit-cuts.ts';
import * as cheaperCounting from './0048-cheaper-counting.ts';
import * as ledgersOnce from './0049-ledgers-once.ts';

/**
 * What a migration says of itself beside what it does. `outsideTransaction`: it is one statement that PostgreSQL takes in no transaction,
 * such as `create index concurrently`, and can be run again after it was cut off. `oldestProgram`: programs of an earlier schema do not work
 * with what it leaves, as where a column goes that they still read.
 */
type Stated = Migration & { outsideTransaction?: true; oldestProgram?: number };

export type Migrations = Record<string, Stated>;

/** Every migration in its order; one concern each, never edited after it has landed. */
export const migrations: Migrations = {
  '0001-directory': directory,
  '0002-operators': operators,
  '0003-changes': changes,
  '0004-audit': audit,
  '0005-counts': counts,
  '0006-listings': listings,
  '0007-search': search,
  '0008-lists': lists,
  '0009-views': views,
  '0010-preferences': preferences,
  '0013-audit-chain': auditChain,
  '0014-access': access,
  '0015-sign-in-tries': signInTries,
  '0016-batches': batches,
  '0017-operator-tokens': operatorTokens,
  '0018-endings': endings,
  '0019-people': people,
  '0020-limits': limits,
  '0021-audit-says-who': auditSaysWho,
  '0022-groups-claim': groupsClaim,
  '0023-pace': pace,
  '0025-person-reads': personReads,
  '0026-spellings': spellings,
  '0027-endings-and-late-calls': endingsAndLateCalls,
  '0028-batch-care': batchCare,
  '0029-page-size': pageSize,
  '0030-last-account': lastAccount,
  '0032-late-calls-say-who': lateCallsSayWho,
  '0033-changed-by-id': changedById,
  '0034-derived-by': derivedBy,
  '0035-removed-ends': removedEnds,
  '0036-audit-reasons': auditReasons,
  '0038-movements': movements,
  '0039-batch-chunks': batchChunks,
  '0040-prices': prices,
  '0041-departments': departments,
  '0042-batch-readings': batchReadings,
  '0043-backups': backups,
  '0044-line-complaints': lineComplaints,
  '0045-schema-fit': schemaFit,
  '0046-old-changes': oldChanges,
  '0047-audit-cuts': auditCuts,
  '0048-cheaper-counting': cheaperCounting,
  '0049-ledgers-once': ledgersOnce,
};
