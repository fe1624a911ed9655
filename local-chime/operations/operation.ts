import { z } from 'zod';
import { refuse } from '../errors.ts';
import type { ChimeUser } from '../people/user.ts';
import type { Cause, Store } from '../store.ts';
import type { PageTokens } from '../tokens.ts';

/** What an operation works with besides its input. */
export type Context = {
  store: Store;
  tokens: PageTokens;
  fullAnswers: boolean;
  cause: Cause;
  /** The user as readers see it now; differs from the stored one while a planted stale read lasts. */
  seen: (user: ChimeUser) => ChimeUser;
  /** The exception planted for one user of a batch, if there is one. */
  planted: (userId: string) => { exception: string; afterApplying: boolean } | undefined;
};

/** One operation of the API, as its page in the API reference lists it. */
type Declaration<Input> = {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  /** Input members that travel in the query, by name of the query parameter. */
  query?: Record<string, string>;
  /** All members of the request, wherever they travel. */
  input: z.ZodType<Input>;
  /** Synchronous: a POST runs inside a transaction. */
  run: (input: Input, context: Context) => Record<string, unknown>;
};

/** The parts of a request that an input is read from. */
type RawInput = { labels: Record<string, string>; query: Map<string, string>; body: Uint8Array };

/** An input that was read and checked: which account and people it is about, and what it does. */
export type Ready = {
  accountId: string | null;
  userIds: string[];
  run: (context: Context) => Record<string, unknown>;
};

export type Operation = {
  name: string;
  method: 'GET' | 'POST';
  segments: string[];
  queryNames: string[];
  read: (raw: RawInput) => Ready;
};

/** Declares an operation: its route, its input and its behaviour. */
export function operation<Input>({ name, method, path, query = {}, input, run }: Declaration<Input>): Operation {
  return {
    name,
    method,
    segments: path.split('/').slice(1),
    queryNames: Object.keys(query),
    read(raw) {
      const members = {
        ...(method === 'POST' ? bodyMembers(raw.body) : {}),
        ...queryMembers(raw, query),
        ...raw.labels,
      };
      const checked = input.safeParse(members);
      if (!checked.success) return refuse('BadRequestException', complaint(checked.error));
      return { ...subjects(members), run: (context) => run(checked.data, context) };
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }); // JSON has no byte-order mark (RFC 8259, 8.1)
const bodyShape = z.record(z.string(), z.unknown());

function bodyMembers(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  const members = bodyShape.safeParse(parseJson(body));
  return members.success ? members.data : refuse('BadRequestException', 'The body must be a JSON object');
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return refuse('BadRequestException', 'The body is not JSON in UTF-8');
  }
}

function queryMembers(raw: RawInput, query: Record<string, string>): Record<string, string> {
  const members: Record<string, string> = {};
  for (const [parameter, member] of Object.entries(query)) {
    const value = raw.query.get(parameter);
    if (value !== undefined) members[member] = value;
  }
  return members;
}

const subjectShape = z.object({
  AccountId: z.string().nullish(),
  UserId: z.string().nullish(),
  UpdateUserRequestItems: z.array(z.object({ UserId: z.string() })).nullish(),
});

/** The people a request is about: what a planted fault is matched against. */
function subjects(members: Record<string, unknown>): Pick<Ready, 'accountId' | 'userIds'> {
  const { AccountId, UserId, UpdateUserRequestItems } = subjectShape.safeParse(members).data ?? {};
  const userIds = UserId ? [UserId] : (UpdateUserRequestItems ?? []).map((item) => item.UserId);
  return { accountId: AccountId ?? null, userIds };
}

function complaint(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
