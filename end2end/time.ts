// The tests' own calendar, independent of the program's.

/** A zone in which it is between 12:00 and 13:00 while the tests begin. */
export const noon = noonZone();

function noonZone(): { zone: string } {
  const east = 12 - new Date().getUTCHours();
  // The signs of these zones are the other way round: Etc/GMT-5 is five hours east.
  return { zone: east === 0 ? "UTC" : `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}` };
}

/** What a date and time field shows for an instant in a zone: `2026-11-20T09:00:00`. */
export function local(at: Date, zone = noon.zone): string {
  return at.toLocaleString("sv-SE", { timeZone: zone, hourCycle: "h23" }).replace(" ", "T");
}

/** The date in a zone, `days` from now. */
export function date(days = 0, zone = noon.zone): string {
  const today = new Date(`${local(new Date(), zone).slice(0, 10)}T12:00:00Z`);
  today.setUTCDate(today.getUTCDate() + days);
  return today.toISOString().slice(0, 10);
}

/** The time of day in a zone, `13:42`. */
export function clock(at: Date, zone = noon.zone): string {
  return local(at, zone).slice(11, 16);
}

/** A moment so many seconds ago. */
export function ago(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}

/** The moment so many seconds after another. */
export function later(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

/** Seconds in `H:MM:SS`. */
export function seconds(text: string): number {
  const parts = text.trim().match(/^(\d+):(\d\d):(\d\d)$/);
  if (!parts) throw new Error(`“${text}” is not H:MM:SS`);
  return Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}

export const minute = 60;
export const hour = 3600;
