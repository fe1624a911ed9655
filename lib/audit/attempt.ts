import type { Permission } from '../operators/permissions.ts';

/** What an operator can try to do, one for each server action. */
const actionAttempts = [
  'change-plans',
  'cancel-change',
  'check-change',
  'add-note',
  'set-ending',
  'remove-ending',
  'keep-plan',
  'refresh-directory',
  'keep-list',
  'save-view',
  'remove-view',
  'save-preferences',
  'prepare-batch',
  'submit-batch',
  'move-start',
  'approve-batch',
  'edit-draft',
  'steer-batch',
  'make-token',
  'revoke-token',
  'sign-out-others',
  'use-token',
] as const;

/** What somebody tried that was refused: a server action, or what a page or a file needs a right to. */
export type Attempt = (typeof actionAttempts)[number] | Permission;
