/** Country codes of two digits; 1 and 7 have one, all others three. */
const TWO_DIGITS =
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  );
const CHINA_SHORT_AREA = /^(10|2\d)/;
const CHINA_MOBILE = /^1[3-9]\d{9}$/;
const CHINA_SERVICE = /^[48]00\d{7}$/;

/**
 * A phone number in groups as people read them. `national`: numbers of this country code are written
 * as they are dialled at home.
 */
export function groupNumber(number: string, national: string | null = null): string {
  if (!/^\+?\d+$/.test(number)) return number;
  if (!number.startsWith('+')) return groupService(number);
  const { country, rest } = split(number.slice(1));
  const home = country === national;
  if (country === '86') return groupChina(rest, home);
  if (country === '1' && rest.length === 10) return `${home ? '' : '+1 '}${chunks(rest, [3, 3, 4])}`;
  if (country === '44' && rest.length === 10) return `+44 ${groupBritain(rest)}`;
  return `+${country} ${even(rest)}`;
}

function groupBritain(rest: string): string {
  if (/^(2|11|1\d1)/.test(rest)) return chunks(rest, rest.startsWith('2') ? [2, 4, 4] : [3, 3, 4]);
  return chunks(rest, [4, 3, 3]);
}

function split(digits: string): { country: string; rest: string } {
  const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.includes(digits.slice(0, 2)) ? 2 : 3;
  return { country: digits.slice(0, length), rest: digits.slice(length) };
}

function groupChina(rest: string, home: boolean): string {
  const lead = home ? '' : '+86 ';
  if (CHINA_MOBILE.test(rest)) return lead + chunks(rest, [3, 4, 4]);
  if (CHINA_SERVICE.test(rest)) return lead + chunks(rest, [3, 3, 4]);
  const area = CHINA_SHORT_AREA.test(rest) ? 2 : 3;
  const subscriber = rest.slice(area);
  if (subscriber.length < 7 || subscriber.length > 8) return lead + even(rest);
  const parts = `${rest.slice(0, area)} ${chunks(subscriber, [subscriber.length - 4, 4])}`;
  return home ? `0${parts}` : lead + parts;
}

/** Numbers without a country: 95588, 400 800 1234, an extension. */
function groupService(number: string): string {
  if (CHINA_SERVICE.test(number)) return chunks(number, [3, 3, 4]);
  if (CHINA_MOBILE.test(number)) return chunks(number, [3, 4, 4]);
  return number.length <= 6 ? number : even(number);
}

function chunks(digits: string, lengths: readonly number[]): string {
  let from = 0;
  const groups = lengths.map((length) => digits.slice(from, (from += length)));
  return groups.join(' ');
}

/** Groups of three and four, the longer ones at the end. */
function even(digits: string): string {
  if (digits.length <= 4) return digits;
  const groups = Math.ceil(digits.length / 4);
  const short = groups * 4 - digits.length;
  const lengths = Array.from({ length: groups }, (_, i) => (i < short ? 3 : 4));
  return chunks(digits, lengths);
}
