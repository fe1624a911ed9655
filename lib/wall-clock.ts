/** A date and time as a clock on the wall shows it, without a zone: `2026-11-27T18:00`. */
const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

const dayMs = 86_400_000;

/** Whether it is the name of a time zone (IANA) that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(zone);
  } catch {
    return false;
  }
}

/**
 * The moment at which clocks in a zone show this. Undefined for what no clock shows: no date at all, or a time that is left
 * out when the clocks go forward. Where they go back and show it twice, the first time.
 */
export function momentAt(wall: string, zone: string): Date | undefined {
  const [, year, month, day, hour, minute] = (shape.exec(wall) ?? []).map(Number);
  if (year === undefined || month === undefined) return undefined;
  const asIfUtc = Date.UTC(year, month - 1, day, hour, minute);
  const moments = [asIfUtc - dayMs, asIfUtc + dayMs]
    .map((near) => asIfUtc - aheadOfUtc(near, zone))
    .filter((at) => wallOf(at, zone) === wall);
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
}

/** A moment, and what clocks in a zone show at it. */
export type Time = { at: Date; wall: string; zone: string };

/** Why a text is no moment. skipped: no clock shows it, since they go forward then. twice: they go back and show it twice. */
export type TimeProblem = 'form' | 'zone' | 'skipped' | 'twice';

const typed = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?: ?(Z|[+-]\d\d:?\d\d)| ([A-Z][A-Z0-9_+\-/]{0,63}))?$/i;

/**
 * The moment in a text such as `2026-12-24T18:00` or `2026-12-24 18:00`, of clocks in `ownZone` unless an offset (`Z`, `+01:00`)
 * or a zone (`Europe/Berlin`) stands behind it. With an offset, the zone of the answer is UTC.
 */
export function timeFrom(text: string, ownZone: string): Time | TimeProblem {
  const [, day, clock, offset, named] = typed.exec(text.trim()) ?? [];
  const written = `${day}T${clock}`;
  const asIfUtc = momentAt(written, 'UTC');
  if (!asIfUtc) return 'form';
  if (offset !== undefined) {
    const ahead = offsetMs(offset);
    if (ahead === undefined) return 'zone';
    const at = new Date(asIfUtc.getTime() - ahead);
    return { at, wall: wallOf(at.getTime(), 'UTC'), zone: 'UTC' };
  }
  const zone = named ?? ownZone;
  if (!isZone(zone)) return 'zone';
  const at = momentAt(written, zone);
  if (!at) return 'skipped';
  const isAgain = [30, 60, 120].some((minutes) => wallOf(at.getTime() + minutes * 60_000, zone) === written);
  return isAgain ? 'twice' : { at, wall: written, zone };
}

/** How far an offset is ahead of UTC; undefined beyond the 14 hours that are in use. */
function offsetMs(offset: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? ['', '+', '0', '0'];
  const ahead = Number(hours) * 60 + Number(minutes);
  return ahead > 14 * 60 || Number(minutes) > 59 ? undefined : (sign === '-' ? -ahead : ahead) * 60_000;
}

/** What clocks in a zone show at a moment. */
export function wallOf(at: number, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

const aheadOfUtc = (at: number, zone: string) => Date.parse(`${wallOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
