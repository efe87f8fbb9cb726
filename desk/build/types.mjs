// Makes src/generated/wire.ts from the server's JSON Schema (schema/desk.json). Knows exactly the
// constructs that the server's generator writes and stops at any other.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const schemaFile = new URL('../schema/desk.json', import.meta.url);
const outFile = new URL('../src/generated/wire.ts', import.meta.url);

const SIMPLE = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

function fail(what) {
  throw new Error(`schema/desk.json: ${what}: teach build/types.mjs what it means`);
}

function simple(name) {
  return SIMPLE[name] ?? fail(`unknown type ${name}`);
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.replace('#/$defs/', '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map(typeOf).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `readonly (${typeOf(schema.items)})[]`;
  if (schema.type === 'object') return objectType(schema);
  return simple(schema.type);
}

function objectType(schema) {
  if (!schema.properties) {
    return `Readonly<Record<string, ${typeOf(schema.additionalProperties ?? fail('an open object'))}>>`;
  }
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties).map(
    ([name, value]) => `  readonly ${name}${required.has(name) ? '' : '?'}: ${typeOf(value)};`,
  );
  return `{\n${fields.join('\n')}\n}`;
}

function readSchema() {
  try {
    return JSON.parse(readFileSync(schemaFile, 'utf8'));
  } catch (error) {
    console.error(
      `desk/schema/desk.json cannot be read (${error.message}).\n` +
        'The server writes it: run io.cordboard.web.schema.DeskSchemaMain desk/schema/desk.json, or ./cordboard up.',
    );
    process.exit(1);
  }
}

const definitions = Object.entries(readSchema().$defs).map(
  ([name, schema]) => `export type ${name} = ${typeOf(schema)};`,
);
mkdirSync(new URL('.', outFile), { recursive: true });
writeFileSync(outFile, `// Made from schema/desk.json by build/types.mjs. Not kept in git.\n\n${definitions.join('\n\n')}\n`);
