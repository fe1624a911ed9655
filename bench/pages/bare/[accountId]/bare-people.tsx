'use client';

import { useRef, useState } from 'react';
import { firstPage, paramsFromFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import { nameOf, statusOf, type UserRow } from '@/lib/users/user.ts';

type BarePeopleProps = { accountId: string; first: UserRow[] };

/** Asks the same server for the same rows, draws them, and keeps a chosen plan: no cache, no undo, no state of a change. */
export function BarePeople({ accountId, first }: BarePeopleProps) {
  const [users, setUsers] = useState(first);
  const [search, setSearch] = useState('');
  const [descending, setDescending] = useState(false);
  const [plans, setPlans] = useState<Record<string, string>>({});

  const asked = useRef('');

  async function show(text: string, down: boolean) {
    setSearch(text);
    setDescending(down);
    const params = paramsFromFilter({ ...firstPage, search: text, descending: down });
    asked.current = params;
    const response = await fetch(`/api/accounts/${accountId}/users?${params}`);
    const page: UsersPage = await response.json();
    if (asked.current === params) setUsers(page.users);
  }

  return (
    <>
      <input aria-label="Search" value={search} onChange={(event) => show(event.currentTarget.value, descending)} />
      <table>
        <thead>
          <tr>
            <th>
              <button type="button" onClick={() => show(search, !descending)}>
                Name
              </button>
            </th>
            <th>Status</th>
            <th>Plan</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => {
            const plan = plans[user.id] ?? user.license ?? '';
            return (
              <tr key={user.id} data-person={user.id}>
                <td>
                  {nameOf(user)} {user.email}
                </td>
                <td>{statusOf(user)}</td>
                <td>
                  <span id={`shown-${user.id}`}>{plan}</span>
                  <select
                    id={`choice-${user.id}`}
                    aria-label={nameOf(user)}
                    value={plan}
                    onChange={(event) => setPlans({ ...plans, [user.id]: event.currentTarget.value })}
                  >
                    <option>Basic</option>
                    <option>Pro</option>
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
