import { shell } from '@/lib/texts/shell.ts';

/** Whether every word that was typed stands in an account's name or type, whatever the case. */
export function matches(account: { name: string; type: string | null }, search: string): boolean {
  const text = `${account.name} ${shell.accountType(account.type)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
