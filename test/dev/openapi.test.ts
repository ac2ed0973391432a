import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020';
import { type Program, serveProgram } from '../support/program';

const PROGRAM = `
const { http, typed } = require('barefn');
const { z } = require(${JSON.stringify(require.resolve('zod'))});
const v = require(${JSON.stringify(require.resolve('valibot'))});
const Node = z.object({ name: z.string(), get children() { return z.array(Node); } });
typed('order', {
  input: z.object({ quantity: z.number().default(1), at: z.date().optional() }),
  output: z.object({ total: z.number() }),
}, () => ({ total: 1 }));
typed('tree', { input: Node }, (node) => node);
typed('plain', (input) => input);
typed('unconverted', { input: v.object({ n: v.number() }) }, (input) => input);
// https://standardschema.dev/json-schema
const jsonSchema = {
  input: ({ target }) => ({ type: 'object', title: target }),
  output: () => { throw new Error('not representable'); },
};
const standard = { version: 1, vendor: 'own', validate: (value) => ({ value }), jsonSchema };
typed('standard', { input: { '~standard': standard }, output: { '~standard': standard } }, (input) => input);
// ArkType's types are functions.
const type = Object.assign(() => {}, { '~standard': { ...standard, vendor: 'ark', jsonSchema: undefined }, toJsonSchema: () => ({ type: 'string' }) });
typed('ark', { input: type }, (input) => input);
http('other', () => {});
`;

describe('/_barefn/openapi.json', { timeout: 60_000 }, () => {
  let program: Program;
  let document: any;
  const read = async (path: string): Promise<any> =>
    (await fetch(`${program.url}/_barefn/${path}`)).json();
  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=*'] });
    document = await read('openapi.json');
  });
  after(() => program.kill());

  test('describes the typed functions, and no others', () => {
    assert.equal(document.openapi, '3.1.0');
    const typed = ['/order', '/tree', '/plain', '/unconverted', '/standard', '/ark'];
    assert.deepEqual(Object.keys(document.paths), typed);
    const { post } = document.paths['/order'];
    assert.deepEqual(post.requestBody.content['application/json'].schema, {
      $ref: '#/components/schemas/order.input',
    });
    assert.deepEqual(post.responses[200].content['application/json'].schema, {
      $ref: '#/components/schemas/order.output',
    });
  });

  test('has the schemas that libraries give, input and output, as the page has', async () => {
    const { schemas } = document.components;
    assert.deepEqual(schemas['order.input'], {
      type: 'object',
      properties: { quantity: { default: 1, type: 'number' }, at: {} },
    });
    assert.deepEqual(schemas['order.output'].required, ['total']);
    assert.deepEqual(schemas['standard.input'], { type: 'object', title: 'draft-2020-12' });
    assert.deepEqual(schemas['ark.input'], { type: 'string' });
    const { functions } = await read('functions');
    const inputs = functions.filter((one: any) => one.input !== undefined);
    assert.deepEqual(
      inputs.map((one: any) => one.name),
      ['order', 'tree', 'standard', 'ark'],
    );
    assert.equal(
      functions.find((one: any) => one.name === 'unconverted').note,
      'The schema, of valibot, gives no JSON Schema. Install @valibot/to-json-schema for a form.',
    );
  });

  test('leaves open what a library does not describe', () => {
    for (const path of ['/plain', '/unconverted']) {
      const { post } = document.paths[path];
      assert.deepEqual(post.requestBody.content['application/json'].schema, {});
    }
    assert.equal('standard.output' in document.components.schemas, false);
  });

  test('the references of a schema hold in the document', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(document, 'document');
    const check = ajv.getSchema('document#/components/schemas/tree.input');
    assert.ok(check);
    const leaf = { name: 'leaf', children: [] };
    assert.equal(check({ name: 'root', children: [leaf] }), true);
    assert.equal(check({ name: 'root', children: [{ ...leaf, name: 1 }] }), false);
  });
});
