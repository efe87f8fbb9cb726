// Requests that nobody should send, made of what the document says of an operation. The same seed, the same requests.

/** Numbers between 0 and 1, always the same ones (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TEXTS = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', '‮مرحبا', '😀'.repeat(40), 'x'.repeat(70_000), "'; drop table customer; --",
  '<script>alert(1)</script>', '%', '_', '\\', '${jndi:ldap://127.0.0.1/a}', '../../etc/passwd', '=1+1', '-1', '1e400', 'NaN',
  '0190a1b2-0000-7000-8000-000000000001', '00000000-0000-0000-0000-000000000000', '2026-02-30T00:00:00Z', '-999999999-01-01T00:00:00Z',
  '+999999999-12-31T23:59:59Z', '+' + '9'.repeat(100), 'sip:a@b', 'http://169.254.169.254/', '\r\nX-Injected: 1', '٣٤٥', 'İ', 'ﬀ',
];
const NUMBERS = [0, -1, 1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 9.3e18, 1e308, -1e308];
const OTHERS = [null, true, false, [], {}, [[]], [null], { a: { b: { c: [] } } }];

const pick = (random, from) => from[Math.floor(random() * from.length)];

/** Any value at all. */
const anything = (random) => pick(random, [...TEXTS, ...NUMBERS, ...OTHERS]);

/** A value of the schema's form with something odd in it, or of no such form. */
function value(random, schema, of, depth) {
  const known = of(schema);
  if (known === undefined || depth > 4 || random() < 0.2) return anything(random);
  if (known.enum !== undefined) return random() < 0.6 ? pick(random, known.enum) : pick(random, TEXTS);
  if (known.properties !== undefined) return object(random, known, of, depth);
  switch (known.type) {
    case 'array': {
      const length = pick(random, [0, 1, 2, 300]);
      return Array.from({ length }, () => value(random, known.items, of, depth + 1));
    }
    case 'integer':
    case 'number':
      return pick(random, NUMBERS);
    case 'boolean':
      return random() < 0.5;
    case 'object':
      return { [pick(random, TEXTS)]: value(random, known.additionalProperties, of, depth + 1) };
    default:
      return pick(random, TEXTS);
  }
}

function object(random, schema, of, depth) {
  const made = {};
  for (const [name, part] of Object.entries(schema.properties)) {
    if (random() < 0.85) made[name] = value(random, part, of, depth + 1);
  }
  if (random() < 0.1) made[pick(random, TEXTS)] = anything(random);
  return made;
}

/** A body: most often an example with one part of it made odd, so that it is read far into the server. */
export function nastyBody(random, schema, example, of) {
  if (typeof example === 'string') return example + pick(random, [...TEXTS, '"', ',,,', '\n"']);
  const kind = random();
  if (kind < 0.1) return pick(random, ['', '{', '[', 'null', '"', '{"a":}', '\u0000', '{"a":1}{"b":2}', '['.repeat(2000)]);
  if (kind < 0.5 || example === undefined) return JSON.stringify(value(random, schema, of, 0));
  const known = of(schema);
  const part = pick(random, Object.keys(known?.properties ?? { a: 1 }));
  return JSON.stringify({ ...example, [part]: value(random, known?.properties?.[part], of, 1) });
}

/** A part of an address. */
export const nastySegment = (random) =>
  encodeURIComponent(pick(random, TEXTS).toWellFormed().slice(0, 2000)) || 'x';

/** Parameters behind the question mark. */
export function nastyQuery(random, parameters) {
  const query = new URLSearchParams();
  for (const { name } of parameters) {
    if (random() < 0.8) query.append(name, String(anything(random)).slice(0, 3000));
    if (random() < 0.1) query.append(name, 'again');
  }
  return query.size === 0 ? '' : `?${query}`;
}
