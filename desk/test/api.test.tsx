import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { addressOf, type ApiDocument, byTag, found, operationsOf, recordOf, typeOf } from '../src/features/api/document';
import { Fields } from '../src/features/api/fields';
import { Speaking } from '../src/i18n/language';

const document: ApiDocument = {
  paths: {
    '/api/v1/customers/{id}': {
      get: {
        summary: 'A customer',
        tags: ['customers'],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'part', in: 'query', schema: { type: 'string' } },
        ],
        responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/File' } } } } },
        security: [{ session: [] }],
        'x-needs': ['SEE_CUSTOMERS'],
      },
    },
    '/api/v1/session': {
      post: {
        summary: 'Sign in',
        tags: ['session'],
        requestBody: { content: { 'application/yaml': {}, 'application/json': { example: { user: 'a' } } } },
        responses: { 200: {} },
      },
    },
  },
  components: { schemas: { File: { properties: { name: { type: 'string' }, same: { items: { $ref: '#/components/schemas/File' } } }, required: ['name'] } } },
};
const [customer, session] = operationsOf(document) as [ReturnType<typeof operationsOf>[number], ReturnType<typeof operationsOf>[number]];

describe('an operation of the interface', () => {
  it('is read with what it needs and takes', () => {
    expect(customer).toMatchObject({ method: 'GET', needs: ['SEE_CUSTOMERS'], forAnybody: false, body: null });
    expect(session).toMatchObject({ forAnybody: true, body: { type: 'application/json', example: '{\n  "user": "a"\n}' } });
  });

  it('is found by words of its path, summary, tag and permission, all of them', () => {
    expect(found([customer, session], 'CUSTOMERS get')).toEqual([customer]);
    expect(found([customer, session], 'see_customers')).toEqual([customer]);
    expect(found([customer, session], 'customers sign')).toEqual([]);
    expect(found([customer, session], ' ')).toHaveLength(2);
  });

  it('stands under its tag', () => {
    expect(byTag([session, customer]).map(([tag]) => tag)).toEqual(['customers', 'session']);
  });

  it('is sent nowhere while its path has a gap, and a value stays one part of the path', () => {
    expect(addressOf(customer, {})).toBeNull();
    expect(addressOf(customer, { id: '../users?x', part: 'a&b' })).toBe('/api/v1/customers/..%2Fusers%3Fx?part=a%26b');
  });
});

describe('a schema', () => {
  it('is named, and its record found behind lists', () => {
    expect(typeOf({ items: { $ref: '#/components/schemas/File' } })).toBe('[File]');
    expect(typeOf({ type: 'integer', format: 'int64' })).toBe('integer int64');
    expect(typeOf({ enum: ['A', 'B'] })).toBe('A | B');
    expect(recordOf(document, { items: { $ref: '#/components/schemas/File' } })?.required).toEqual(['name']);
    expect(recordOf(document, { type: 'string' })).toBeNull();
  });

  it('that holds itself is drawn once, and further when it is opened', () => {
    const html = renderToStaticMarkup(
      <Speaking start="en">
        <Fields document={document} schema={{ $ref: '#/components/schemas/File' }} />
      </Speaking>,
    );
    expect(html.match(/<code>same/g)).toHaveLength(1);
    expect(html).toContain('[File]');
  });
});
