// A client of somebody else's make reads the contract from the running server and works by it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import soap from 'soap';
import { Cordboard } from './lib/cordboard.mjs';
import { until } from './lib/wait.mjs';

let cordboard;
let client;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  const { apiKey } = cordboard.cli('key', 'create', '--role', 'SUPERVISOR', '--name', 'soap');
  client = await soap.createClientAsync(`${cordboard.local}/soap/cordboard.wsdl`);
  client.setSecurity(new soap.BasicAuthSecurity('erp', apiKey));
});

after(() => cordboard?.close());

const ask = async (operation, parameters) => (await client[`${operation}Async`](parameters))[0];

test('a customer is looked up by a number, and is shown with a ticket that was opened and closed', async () => {
  const { customer } = await ask('FindCustomers', { query: '13800138000' });
  const { id } = customer[0];
  const opened = await ask('CreateTicket', { customerId: id, title: '漏水 <&>', number: `ERP-${Date.now()}` });
  assert.equal(opened.title, '漏水 <&>');
  const again = await ask('CreateTicket', { customerId: id, title: 'once more', number: opened.number });
  assert.equal(again.title, opened.title, 'the same number is the same ticket');
  const shown = await ask('GetCustomer', { id });
  assert.ok(shown.ticket.some((one) => one.number === opened.number && !one.closedAt));
  const closed = await ask('UpdateTicket', { number: opened.number, state: 'solved', closed: true });
  assert.ok(closed.closedAt instanceof Date, String(closed.closedAt));
});

test('a call that another switch tells of is found by its customer', async () => {
  const { apiKey } = cordboard.cli('key', 'create', '--role', 'INTEGRATION', '--name', 'switch');
  const tell = async (event) => {
    const response = await fetch(`${cordboard.local}/api/v1/cti/events`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ callId: 'soap-1', event, direction: 'in', from: '+8613800138000', to: '4008001234' }),
    });
    assert.equal(response.status, 202);
    return response.json();
  };
  const { interactionId } = await tell('ringing');
  await tell('ended');
  const { customer } = await ask('FindCustomers', { query: '13800138000' });
  const isIt = (one) => one.callId === interactionId;
  const ofCustomer = await until('the call stands in the file', async () => {
    const found = await Promise.all(
      customer.map(({ id }) => ask('SearchInteractions', { customerId: id, limit: 5 })),
    );
    return found.flatMap((page) => page?.interaction ?? []).find(isIt);
  });
  assert.equal(ofCustomer.direction, 'in');
});

test('what changed is told from the place where the client left', async () => {
  const begin = await ask('GetChanges', {});
  assert.equal(begin.reset, true);
  const { customer } = await ask('FindCustomers', { query: '13800138000' });
  const { id } = customer[0];
  const supervisor = cordboard.cli('key', 'create', '--role', 'SUPERVISOR', '--name', 'edits').apiKey;
  const response = await fetch(`${cordboard.local}/api/v1/customers/${id}/consents`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${supervisor}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'newsletter', granted: true, textVersion: '1' }),
  });
  assert.equal(response.status, 204);
  const told = await until('the change is told', async () => {
    const { change } = await ask('GetChanges', { cursor: begin.cursor });
    return change?.find((one) => one.of.some((of) => of.value === id));
  });
  assert.equal(told.type, 'customer.changed');
});

test('a fault has its stable code', async () => {
  const code = (wanted) => (fault) => {
    assert.equal(fault.root.Envelope.Body.Fault.detail.Fault.code, wanted);
    return true;
  };
  await assert.rejects(ask('GetCustomer', { id: '019b8a3e-1a00-7000-8000-00000000dead' }), code('not-found'));
  await assert.rejects(ask('SearchInteractions', { day: '2026-13-01' }), code('bad-request'));
});
