import type { BatchView, Trait } from '../../../batches/batch.ts';
import type { Unclear } from '../../../matching/person-ref.ts';
import { allOf, number } from '../../formats.ts';
import { counted, isOne } from '../grammar.ts';
import { plan } from '../words.ts';

const people = (count: number) => counted(count, 'person', 'people');

/** The preview of a batch. */
export const preview = {
  title: 'Preview',
  lead: 'Nothing has been changed yet.',
  groups: 'Groups',
  twice: (count: number) => `${counted(count, 'entry repeats', 'entries repeat')} a person. Each person counts once.`,
  means: 'What this changes',
  step: (count: number, from: string | null, to: string) => `${people(count)}: ${plan(from)} to ${plan(to)}`,
  until: (moment: string) =>
    `On ${moment} everyone returns to their current plan, unless it is changed in the meantime.`,
  losesHosting: (count: number) =>
    `${people(count)} will no longer be able to host meetings, including ones already scheduled.`,
  unclear: (count: number) =>
    `${counted(count, 'line is', 'lines are')} not clear. Choose who is meant, or ${isOne(count) ? 'it is' : 'they are'} left out.`,
  unreadable: (count: number) =>
    `${counted(count, 'line has', 'lines have')} a problem, so ${isOne(count) ? 'it is' : 'they are'} left out.`,
  unreadInList: (count: number) =>
    `${counted(count, 'line has', 'lines have')} neither an e-mail nor a user ID, so ${isOne(count) ? 'it is' : 'they are'} left out.`,
  unreadInListHelp:
    'These lines have neither an e-mail nor a user ID, so they are left out. A name is not enough: several people can have the same one.',
  missing: (count: number) =>
    `${people(count)} not found in this account, so ${isOne(count) ? 'this person is' : 'they are'} left out.`,
  noReturn: (count: number, license: string | null) =>
    `${isOne(count) ? '1 person is' : `${number(count)} people are`} on ${plan(license)}, which cannot be given back later. They are left out.`,
  makePermanent: (count: number) =>
    `Change ${isOne(count) ? 'this person' : `these ${number(count)} people`} permanently, in a separate batch`,
  leavesPermanently: (count: number, license: string) =>
    `${isOne(count) ? '1 person is' : `${number(count)} people are`} on ${plan(license)}, which cannot be given back. This change is permanent for them: it cannot be undone.`,
  devices: (count: number) =>
    `${isOne(count) ? '1 of them is a shared device' : `${number(count)} of them are shared devices`} (meeting rooms).`,
  invited: (count: number) =>
    `${isOne(count) ? '1 of them has' : `${number(count)} of them have`} a pending invitation.`,
  endDates: (count: number) =>
    `${isOne(count) ? '1 of them has an end date' : `${number(count)} of them have an end date`} for their current plan. This change removes it, and an undo does not bring it back.`,
  show: 'Show',
  showThem: (what: string) => `Show: ${what}`,
  endsFirst: 'It would end before it starts. Choose an earlier start.',
  endPassed: '**Not started.** The end date of the plans has passed. Start a new batch with a later one.',
  moveStart: 'Change start time',
  moveNow: 'Start now',
  moveLater: 'Save start time',
  moveHelp: 'If a second admin approved this batch, they may have to approve it again.',
  keepStart: 'Keep start time',
  otherList:
    '**Not started.** This list has changed, perhaps in another tab. You now see the current list: check it and try again.',
  back: 'Go back and edit',
  nobody: 'Nothing to change.',
  nobodyHelp: 'Check the groups below, or choose other people.',
  choose: 'Choose other people',
  when: 'When?',
  now: 'Start now',
  later: 'Schedule for later',
  time: (zone: string) => `Start date and time (your time zone, ${zone})`,
  startsAt: (moment: string) => `Starts on ${moment}.`,
  badTime: 'Choose a date and time in the future.',
  change: (count: number) => `Change ${people(count)}`,
  changeLater: (count: number) => `Schedule change for ${people(count)}`,
  ask: (count: number) => `Ask a second admin to change ${people(count)}`,
  askHelp: (limit: BatchView['limit']) =>
    limit
      ? `This is over your limit (${number(limit.people)} per batch, ${number(limit.perDay)} per day; ${number(limit.today)} used today). A second admin has to review and approve it.`
      : 'You cannot start a batch alone. A second admin has to review and approve it.',
  withinLimit: ({ people: most, perDay, today }: NonNullable<BatchView['limit']>) =>
    `Within your limit (${number(most)} per batch, ${number(perDay)} per day; ${number(today)} used today).`,
  approve: (count: number) => `Approve: change ${people(count)}`,
  approveHelp: (name: string) => `${name} asks you to approve this list. You approve exactly what you see here.`,
  waitingHelp:
    'A second admin has to approve this list. Send them the link to this page. Nothing changes until they approve.',
  waitingOthers: 'A second admin has to approve this list. Nothing changes until they approve.',
  scheduledHelp: 'Nothing changes before then. People whose plan changes in the meantime keep that plan.',
  discard: 'Discard',
  cancel: 'Cancel this batch',
  decline: 'Decline',
  discarded: 'This batch was discarded. Nobody was changed.',
};

/** Lines that do not say clearly who is meant. */
export const unclear = {
  why: ({ cause, lines = [] }: Unclear) => {
    switch (cause) {
      case 'ambiguous':
        return 'Several people have this e-mail. Choose who is meant.';
      case 'contradiction':
        return 'The user ID and the e-mail on this line belong to different people. Choose who is meant.';
      case 'suggestion':
        return 'Nobody has exactly this e-mail, but these are similar. Choose one if it is the right person.';
      case 'two-wishes':
        return lines.length > 0
          ? `${isOne(lines.length) ? 'Line' : 'Lines'} ${allOf(lines.map(number))} ${isOne(lines.length) ? 'gives' : 'give'} the same person another plan. Choose which line counts.`
          : 'Another line gives the same person another plan. Choose which line counts.';
    }
  },
  candidates: 'Possible people',
  userId: (id: string) => `user ID ${id}`,
  choose: 'Choose',
  chooseOne: (name: string, address: string) => `Choose ${name}, ${address}`,
  chosen: (name: string) => `${name} chosen.`,
};

/** Correcting a preview. */
export const edits = {
  tick: (name: string) => `Change ${name}`,
  help: {
    change: 'Untick people to leave them out.',
    'left-out': 'Tick people to put them back.',
  },
  leaveOutAll: (count: number) => `Leave out all ${number(count)}`,
  leftOut: (count: number) => `${people(count)} left out.`,
  putBack: (count: number) => `${people(count)} put back.`,
  unchoose: 'Not this person',
  unchooseOne: (name: string) => `Not this person: ${name}`,
  unchosen: 'No person is chosen for this line now.',
  now: (total: number) => `${people(total)} will change.`,
  only: {
    device: (count: number) => `${counted(count, 'shared device', 'shared devices')} (meeting rooms)`,
    invited: (count: number) => `${people(count)} with a pending invitation`,
  } satisfies Record<Trait, (count: number) => string>,
  refused: '**Not done.** This person is already on the list, or this page is out of date. Reload it and check.',
};
