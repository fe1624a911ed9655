import { bareName } from './cells.ts';
import { isOtherHeading } from './other-headings.ts';

/**
 * What a heading says of its column. person: somebody, by an address or an ID. other: another person than the one that the
 * line is about, or a second address. wish: the plan that people are to get. to: the same beside `From`, if plans stand
 * below it. plan: a plan, and nothing says that it is wished. days: on how many days somebody hosted meetings.
 */
export type HeadingKind =
  | 'email'
  | 'upn'
  | 'userId'
  | 'id'
  | 'person'
  | 'other'
  | 'wish'
  | 'to'
  | 'plan'
  | Reason
  | Value;
type Reason = 'reason' | 'note';
type Value = 'department' | 'days';

/** The kind of a heading as people and other programs write it; undefined where it is none that is known. */
export function kindOfHeading(heading: string): HeadingKind | undefined {
  if (heading.length > longestHeading) return undefined;
  const name = nameOf(heading);
  const known = kindByName.get(name);
  if (known) return known;
  if (isOtherHeading(heading)) return 'other';
  const technical = technicalNames(heading).map((inside) => kindByName.get(inside));
  return (
    technical.find((kind) => kind === 'email' || kind === 'upn' || kind === 'userId' || kind === 'person') ??
    (isAboutPlans(name) ? 'plan' : undefined)
  );
}

const longestHeading = 200;

/** `Email Address [Required]` is `emailaddress`. */
const nameOf = (heading: string): string =>
  bareName(heading.replace(/[[(]\s*(?:required|optional|mandatory)\s*[\])]/gi, ' ').replace(/\brequired\s*$/i, ''));

/** What stands in square brackets, where templates of Microsoft name the property: `User name [userPrincipalName]`. */
const technicalNames = (heading: string): string[] =>
  heading
    .split('[', 3)
    .slice(1)
    .map((part) => bareName(part.split(']', 1)[0] ?? ''));

const pairs = (firsts: string[], lasts: string[]): string[] =>
  firsts.flatMap((first) => lasts.map((last) => `${first}${last}`));

const own = [
  ...['', 'primary', 'main', 'work', 'business', 'office', 'corporate', 'company', 'official', 'organization'],
  ...['user', 'employee', 'member', 'staff', 'person', 'account', 'login', 'signin'],
];
const address = [
  ...['email', 'emailaddress', 'emailid', 'mail', 'mailaddress', 'smtp', 'smtpaddress'],
  ...['emailadresse', 'mailadresse', 'courriel', 'adresseemail', 'correo', 'correoelectrónico'],
];
const license = [
  'plan',
  'license',
  'licence',
  'licensetype',
  'licencetype',
  'chimeplan',
  'chimelicense',
  'chimelicence',
];
const wished = ['new', 'target', 'desired', 'wanted', 'requested', 'future'];
const change = ['change', 'set', 'move', 'switch', 'upgrade', 'downgrade'];

const namesByKind: Record<Exclude<HeadingKind, 'other'>, string[]> = {
  email: [...pairs(own, address), ...pairs(address, ['1', 'primary', 'work', 'business'])],
  upn: ['upn', 'userprincipalname', 'principalname'],
  userId: ['userid', 'chimeuserid', 'chimeid', 'amazonchimeuserid'],
  id: ['id'],
  person: [
    ...['user', 'username', 'login', 'loginname', 'signinname', 'member', 'person', 'account', 'accountname'],
    ...['memberobjectidorupn', 'emailoruserid', 'useridoremail', 'emailorid', 'idoremail'],
  ],
  wish: [
    ...pairs(wished, license),
    ...pairs(license, wished),
    ...pairs(change, ['to', ...pairs(license, ['to'])]),
    ...pairs(['to'], license),
    ...pairs(license, ['to']),
    ...['neuerplan', 'neuelizenz', 'zielplan'],
  ],
  to: ['to'],
  plan: ['from', ...license],
  reason: ['reason', 'why', 'grund'],
  note: ['note', 'notes', 'comment', 'comments'],
  department: [
    ...[
      'department',
      'departmentname',
      'dept',
      'deptname',
      'costcenter',
      'costcentre',
      'costcentername',
      'costcentrename',
    ],
    ...['abteilung', 'kostenstelle', 'département', 'departamento', 'centrodecosto'],
  ],
  days: [
    ...['hosteddays', 'dayshosted', 'hostdays', 'dayshosting', 'daysashost', 'hostingdays', 'meetingdayshosted'],
    ...['activeprodays', 'prodays', 'activedays', 'daysactive', 'tagealshost'],
  ],
};

const kindByName = new Map<string, HeadingKind>();
for (const kind of Object.keys(namesByKind) as (keyof typeof namesByKind)[]) {
  for (const name of namesByKind[kind]) if (!kindByName.has(name)) kindByName.set(name, kind);
}

const isAboutPlans = (name: string): boolean =>
  /licen[sc]e|lizenz|subscription|entitlement|^plan|plans?$|tier$|^sku|sku$/.test(name);
