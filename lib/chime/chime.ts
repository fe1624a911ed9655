import {
  BatchUpdateUserCommand,
  ChimeClient,
  GetAccountCommand,
  GetUserCommand,
  ListAccountsCommand,
  ListUsersCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-chime';
import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import { isInScope, type Scope } from '../accounts/scope.ts';
import { Refusal } from '../failures.ts';
import { isChimeId } from '../id.ts';
import type { License } from '../licenses/license.ts';
import { measured } from '../measured.ts';
import type { User } from '../users/user.ts';
import {
  accountFrom,
  accountsAnswer,
  oneAccountAnswer,
  oneUserAnswer,
  updatedUserAnswer,
  updatedUsersAnswer,
  userFrom,
  usersAnswer,
} from './answers.ts';
import { answerMs, connectionMs } from './call-policy.ts';
import { measureCalls } from './measure-calls.ts';
import { type ChimeRefusal, refusalFrom, refusalOf, unreadable } from './refusals.ts';

/**
 * One page of a listing; `next` is the token of the following page. `leftOut`: how many it named whose IDs are not such
 * that they may be sent, so that nothing could ever be done about them.
 */
export type Page<T> = { items: T[]; next: string | null; leftOut: number };

/**
 * Chime, as the rest of Carillon knows it. Every function throws a `ChimeRefusal`; or a plain `Refusal`, before anything
 * is sent, for an ID that is not fit to be sent (`invalid`) and for an account outside `accounts` (`unknown-account`).
 */
export type Chime = ReturnType<typeof connectChime>;

/** Chime's own limit of people in one change (API reference, BatchUpdateUser). */
export const maxTogether = 20;

/** Chime's own limit of people on a page (API reference, ListUsers). */
export const pageSize = 200;

type Connection = {
  endpoint?: string | undefined;
  region: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** The accounts that may be asked about; all where it is missing. */
  onlyAccounts?: readonly string[] | undefined;
  /** Asked before each call that changes something: what it throws keeps the call from being sent. */
  beforeChange?: () => Promise<void>;
};

/** Under which name what is shared about an endpoint is kept. */
export const chimeName = ({ endpoint, region }: Pick<Connection, 'endpoint' | 'region'>): string =>
  endpoint ?? `chime in ${region}`;

/**
 * Connects to Chime, or to whatever speaks its API at `endpoint`. One try a call: who calls decides about trying again.
 * A connection must stand within 3 s, an answer be there within 10 s; no logger is set, since the SDK's prints PINs.
 */
export function connectChime({ endpoint, region, credentials, onlyAccounts, beforeChange }: Connection) {
  const accounts: Scope = onlyAccounts ?? 'all';
  const client = new ChimeClient({
    region,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: connectionMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });

  // In the client itself, so that no call gets past it.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        refuseUnfit(accounts, call.input);
        if (!reads.test(commandName ?? '')) await beforeChange?.();
        return next(call);
      },
    { step: 'initialize', name: 'refuseUnfit' },
  );
  measureCalls(client);

  return {
    /** The accounts that may be asked about. */
    accounts,

    /** Under which name shared waits are kept: all processes that talk to one endpoint slow down together. */
    name: chimeName({ endpoint, region }),

    ...readingCalls(client, accounts),
    ...updatingCalls(client),

    disconnect: () => client.destroy(),
  };
}

/** The calls that change nothing, as the SDK names them; every other one may. */
const reads = /^(?:Get|List)/;

/** What is read in Chime. */
const readingCalls = (client: ChimeClient, accounts: Scope) => ({
  /** Of the accounts that Chime names, those that may be asked about. */
  async listAccounts(token: string | null, signal?: AbortSignal): Promise<Page<Account>> {
    const answer = await answered(
      accountsAnswer,
      client.send(new ListAccountsCommand({ ...(token ? { NextToken: token } : {}) }), { abortSignal: signal }),
    );
    const fit = answer.Accounts.filter(({ AccountId }) => isChimeId(AccountId));
    return {
      items: fit.filter(({ AccountId }) => isInScope(accounts, AccountId)).map(accountFrom),
      next: answer.NextToken || null,
      leftOut: answer.Accounts.length - fit.length,
    };
  },

  async getAccount(accountId: string, signal?: AbortSignal): Promise<Account> {
    const answer = await answered(
      oneAccountAnswer,
      client.send(new GetAccountCommand({ AccountId: accountId }), { abortSignal: signal }),
    );
    return accountFrom(answer.Account);
  },

  async listUsers(accountId: string, token: string | null, signal?: AbortSignal): Promise<Page<User>> {
    const input = { AccountId: accountId, MaxResults: pageSize, ...(token ? { NextToken: token } : {}) };
    const answer = await answered(usersAnswer, client.send(new ListUsersCommand(input), { abortSignal: signal }));
    const fit = answer.Users.filter(({ UserId }) => isChimeId(UserId));
    return {
      items: fit.map((user) => userFrom(accountId, user)),
      next: answer.NextToken || null,
      leftOut: answer.Users.length - fit.length,
    };
  },

  async getUser(accountId: string, userId: string, signal?: AbortSignal): Promise<User> {
    const sent = client.send(new GetUserCommand({ AccountId: accountId, UserId: userId }), { abortSignal: signal });
    const answer = await answered(oneUserAnswer, sent);
    if (answer.User.UserId !== userId) throw unreadable((await sent).$metadata.requestId);
    return userFrom(accountId, answer.User);
  },
});

/** What is changed in Chime. */
const updatingCalls = (client: ChimeClient) => ({
  /** Sets a person's license; the answer is Chime's request ID. Only an answer that names the person counts as done. */
  async updateLicense(
    accountId: string,
    userId: string,
    license: License,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const sent = client.send(new UpdateUserCommand({ AccountId: accountId, UserId: userId, LicenseType: license }), {
      abortSignal: signal,
    });
    const answer = await answered(updatedUserAnswer, sent);
    const { requestId } = (await sent).$metadata;
    if (answer.User.UserId !== userId) throw unreadable(requestId);
    return requestId;
  },

  /**
   * Sets the licenses of at most 20 people of an account. A person who is not among the refused has the license now; an answer
   * that names a stranger, or no list at all, says nothing of anybody.
   */
  async updateLicenses(
    accountId: string,
    people: { userId: string; to: License }[],
    signal?: AbortSignal,
  ): Promise<{ requestId: string | undefined; refused: Map<string, ChimeRefusal> }> {
    const items = people.map(({ userId, to }) => ({ UserId: userId, LicenseType: to }));
    const sent = client.send(new BatchUpdateUserCommand({ AccountId: accountId, UpdateUserRequestItems: items }), {
      abortSignal: signal,
    });
    const answer = await answered(updatedUsersAnswer, sent);
    const { requestId } = (await sent).$metadata;
    const asked = new Set(people.map(({ userId }) => userId));
    if (answer.UserErrors.some(({ UserId }) => !asked.has(UserId))) throw unreadable(requestId);
    const refused = new Map(answer.UserErrors.map((error) => [error.UserId, refusalOf(error, requestId)]));
    for (const { code } of refused.values()) measured.emit('chimeRefusal', { code });
    return { requestId, refused };
  },
});

/** Refuses what must never leave for Chime: an ID that could lead to another address, and an account that is not ours to ask about. */
function refuseUnfit(accounts: Scope, input: object): void {
  const { AccountId, UserId, UpdateUserRequestItems } = idsIn.parse(input);
  const ids = [AccountId, UserId, ...(UpdateUserRequestItems ?? []).map((item) => item.UserId)];
  if (ids.some((id) => id !== undefined && !isChimeId(id))) {
    throw new Refusal('invalid', 'An ID for Amazon Chime has letters, digits and hyphens only. Nothing was sent.');
  }
  if (AccountId !== undefined && !isInScope(accounts, AccountId)) {
    throw new Refusal('unknown-account', 'CHIME_ACCOUNTS does not name this account. Nothing was sent.');
  }
}

/** The IDs in what is sent, whichever call it is (API reference, request parameters). */
const idsIn = z.object({
  AccountId: z.string().optional(),
  UserId: z.string().optional(),
  UpdateUserRequestItems: z.array(z.object({ UserId: z.string() })).optional(),
});

async function answered<T>(shape: z.ZodType<T>, sent: Promise<{ $metadata: { requestId?: string } }>): Promise<T> {
  const answer = await sent.catch((error: unknown) => {
    throw refusalFrom(error);
  });
  const read = shape.safeParse(answer);
  if (!read.success) throw unreadable(answer.$metadata.requestId);
  return read.data;
}
