// Compares a value with a schema of the OpenAPI document: the part of JSON Schema that our document uses, and not a word more.
const KNOWN = new Set([
  '$ref', 'type', 'format', 'enum', 'items', 'properties', 'required', 'additionalProperties', 'default', 'description', 'maxLength', 'minLength',
  'pattern', 'maximum', 'minimum', 'maxItems', 'minItems', 'example', 'title',
]);

const TYPES = {
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
};

const FORMATS = {
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text),
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  int32: (number) => Math.abs(number) <= 2 ** 31,
  int64: () => true,
  double: () => true,
  binary: () => true,
};

/**
 * What is wrong with the value, in words with its place; nothing when it is as the schema says. A field that is not
 * required may be null, as the document says of itself. A field that the schema does not know is wrong: nobody was told of it.
 *
 * @param of finds the schema behind a `$ref`
 */
export function wrongWith(value, schema, of, place = '$') {
  const unknown = Object.keys(schema).filter((word) => !KNOWN.has(word));
  if (unknown.length > 0) throw new Error(`${place}: this check does not know ${unknown.join(', ')}: teach it`);
  if (schema.$ref !== undefined) {
    const named = of(schema);
    return named === undefined ? [`${place}: there is no ${schema.$ref}`] : wrongWith(value, named, of, place);
  }
  const type = schema.type ?? (schema.properties === undefined ? undefined : 'object');
  if (type !== undefined && !TYPES[type](value)) return [`${place}: ${JSON.stringify(value)?.slice(0, 100)} is no ${type}`];
  return [...bounds(value, schema, place), ...parts(value, schema, of, place)];
}

function bounds(value, schema, place) {
  const wrong = [];
  if (schema.enum !== undefined && !schema.enum.includes(value)) wrong.push(`${place}: ${value} is none of ${schema.enum}`);
  if (schema.format !== undefined && !FORMATS[schema.format](value)) wrong.push(`${place}: ${value} is no ${schema.format}`);
  if (schema.pattern !== undefined && !new RegExp(`^(?:${schema.pattern})$`).test(value)) wrong.push(`${place}: ${value} is not ${schema.pattern}`);
  const size = value?.length ?? value;
  for (const [word, low] of [['maxLength', false], ['maximum', false], ['maxItems', false], ['minLength', true], ['minimum', true], ['minItems', true]]) {
    const bound = schema[word];
    if (bound !== undefined && (low ? size < bound : size > bound)) wrong.push(`${place}: ${word} ${bound}, and it is ${size}`);
  }
  return wrong;
}

function parts(value, schema, of, place) {
  if (Array.isArray(value)) return schema.items === undefined ? [] : value.flatMap((one, at) => wrongWith(one, schema.items, of, `${place}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => value[name] === undefined || value[name] === null).map((name) => `${place}.${name}: is missing`);
  const fields = Object.entries(value).flatMap(([name, one]) => {
    const known = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (known === undefined) return schema.properties === undefined ? [] : [`${place}.${name}: is nowhere in the document`];
    return one === null || one === undefined || missing.includes(`${place}.${name}: is missing`) ? [] : wrongWith(one, known, of, `${place}.${name}`);
  });
  return [...missing, ...fields];
}
