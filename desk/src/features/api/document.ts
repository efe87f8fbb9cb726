/** The part of JSON Schema that the document of our interface uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, Media>>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Told {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  readonly security?: unknown;
  readonly 'x-needs'?: readonly string[];
}

export interface ProblemType {
  readonly type: string;
  readonly status: number;
  readonly title: string;
}

/** `/api/openapi.json`. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Told>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly 'x-problems'?: readonly ProblemType[];
}

export interface Body {
  readonly type: string;
  readonly schema: Schema | undefined;
  /** As it is sent. */
  readonly example: string;
}

export interface Answer {
  readonly status: string;
  readonly schema: Schema | undefined;
}

export interface Operation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Permissions of which one is enough. */
  readonly needs: readonly string[];
  readonly forAnybody: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: Body | null;
  readonly answers: readonly Answer[];
}

export function operationsOf(document: ApiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => operation(method.toUpperCase(), path, told)),
  );
}

function operation(method: string, path: string, told: Told): Operation {
  return {
    key: `${method} ${path}`,
    method,
    path,
    tag: told.tags?.[0] ?? '',
    summary: told.summary ?? '',
    needs: told['x-needs'] ?? [],
    forAnybody: told.security === undefined,
    parameters: told.parameters ?? [],
    body: told.requestBody === undefined ? null : bodyOf(told.requestBody.content),
    answers: Object.entries(told.responses).map(([status, { content }]) => ({ status, schema: Object.values(content ?? {})[0]?.schema })),
  };
}

/** JSON where it is taken, else what is taken. */
function bodyOf(content: Content): Body | null {
  const all = Object.entries(content);
  const [type, media] = all.find(([one]) => one === 'application/json') ?? all[0] ?? [];
  if (type === undefined || media === undefined) return null;
  return { type, schema: media.schema, example: exampleText(media.example) };
}

function exampleText(example: unknown): string {
  if (example === undefined) return '';
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}

/** Those in which every word of the text stands somewhere. */
export function found(operations: readonly Operation[], text: string): readonly Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return operations.filter((one) => {
    const all = [one.key, one.tag, one.summary, ...one.needs].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** By tag, in the order of their first operations. */
export function byTag(operations: readonly Operation[]): readonly (readonly [string, readonly Operation[]])[] {
  const tags = new Map<string, Operation[]>();
  for (const one of operations) tags.set(one.tag, [...(tags.get(one.tag) ?? []), one]);
  return [...tags].sort(([one], [other]) => one.localeCompare(other));
}

/** What a schema is called: its own name, or what it is made of. */
export function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  if (schema.items !== undefined) return `[${typeOf(schema.items)}]`;
  if (typeof schema.additionalProperties === 'object') return `{${typeOf(schema.additionalProperties)}}`;
  return [schema.type ?? '', schema.format ?? ''].filter((part) => part !== '').join(' ');
}

/** The record behind a schema, where there is one. */
export function recordOf(document: ApiDocument, schema: Schema | undefined): Schema | null {
  if (schema === undefined) return null;
  if (schema.items !== undefined) return recordOf(document, schema.items);
  if (typeof schema.additionalProperties === 'object') return recordOf(document, schema.additionalProperties);
  const whole = schema.$ref === undefined ? schema : document.components.schemas[typeOf(schema)];
  return whole?.properties === undefined ? null : whole;
}

/** Null while something that must be there is not. */
export function addressOf(operation: Operation, values: Readonly<Record<string, string>>): string | null {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const { name, in: place, required = false } of operation.parameters) {
    const value = values[name] ?? '';
    if (value === '' && (required || place === 'path')) return null;
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query' && value !== '') query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
