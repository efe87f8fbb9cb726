// An agent on another machine: HTTPS with the local CA, WSS, the browser phone from an origin that is not loopback.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get as plainGet } from 'node:http';
import { get as secureGet } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cordboard, TRUNK } from './lib/cordboard.mjs';
import { Desk, browser } from './lib/desk.mjs';
import { Ear } from './lib/ear.mjs';
import { Elsewhere } from './lib/elsewhere.mjs';
import { Caller, TRUNK_HOST } from './lib/sip.mjs';
import { measured, pause, until } from './lib/wait.mjs';

const CUT_MILLIS = 10_000;

let elsewhere;
let cordboard;
let authority;
let agents;
let desk;
let ear;
let caller;

before(async () => {
  elsewhere = Elsewhere.create();
  cordboard = await Cordboard.start({ asterisk: false, host: elsewhere.address });
  authority = join(cordboard.data, 'tls/local-ca.pem');
  await cordboard.startAsterisk('--host', elsewhere.address, '--provider', TRUNK);
});

after(async () => {
  try {
    ear?.close();
    await caller?.kill();
    await agents?.close();
    await cordboard?.close();
  } finally {
    elsewhere?.close();
  }
});

function ask(get, url, options = {}) {
  return new Promise((done, failed) => {
    get(url, options, (answer) => {
      let body = '';
      answer.on('data', (piece) => (body += piece));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body }));
    }).on('error', failed);
  });
}

const trusting = () => ({ ca: readFileSync(authority) });

test('the page comes over HTTPS with a certificate for this address that the local CA vouches for', async () => {
  assert.match(cordboard.up.url, /^https:\/\/[0-9.]+:\d+$/);
  const page = await ask(secureGet, cordboard.up.url, trusting());
  assert.equal(page.status, 200);
  assert.match(page.headers['content-security-policy'], /script-src 'self';/);
  assert.match(page.headers['permissions-policy'], /microphone=\(self\)/);
  // a browser could not be talked out of it if the local CA were lost
  assert.equal(page.headers['strict-transport-security'], undefined);
  await assert.rejects(ask(secureGet, cordboard.up.url), /certificate/);
});

test('the CA to install is given out, and its key is not', async () => {
  const given = await ask(secureGet, `${cordboard.up.url}/local-ca.crt`, trusting());
  assert.equal(given.body, readFileSync(authority, 'utf8'));
  for (const path of ['/local-ca.key', '/tls/local-ca.key', '/..%2ftls%2flocal-ca.key']) {
    const refused = await ask(secureGet, cordboard.up.url + path, trusting());
    assert.ok(!refused.body.includes('PRIVATE'), path);
  }
});

test('plain HTTP on that port is told to use TLS', async () => {
  const told = await ask(plainGet, cordboard.up.url.replace('https:', 'http:'));
  assert.equal(told.status, 400);
  assert.match(told.body, /requires TLS/);
});

test('commands of this machine still find the server', () => {
  assert.equal(cordboard.cli('audit', 'verify').ok, true);
});

test('a browser without the CA is warned', async () => {
  const stranger = await browser({ executablePath: elsewhere.browser });
  try {
    const page = await stranger.newPage();
    await assert.rejects(page.goto(cordboard.up.url), /ERR_CERT_AUTHORITY_INVALID/);
  } finally {
    await stranger.close();
  }
});

test('an agent elsewhere answers a real call and both are heard', async () => {
  elsewhere.trust(authority);
  agents = await browser({
    executablePath: elsewhere.browser,
    env: { ...process.env, HOME: elsewhere.home },
  });
  desk = await Desk.open(agents, cordboard, 'agent1');
  assert.equal(await desk.page.evaluate(() => isSecureContext), true);
  await desk.takesCalls();
  const placed = await cordboard.call({
    from: '+8613800138000',
    to: '4008001234',
    say: 'Hello from far away.',
    seconds: 30,
    switch: 'asterisk',
  });
  await desk.button('answer').click();
  const status = await cordboard.callIs(placed, 'TALKING');
  assert.equal(status.answeredBy, 'agent1');
  await desk.talks();
  const legs = await until('Asterisk counts sound from and to the browser', () => {
    const lines = cordboard.console('pjsip', 'show', 'channelstats').split('\n');
    const browserLeg = lines.find((line) => /\b2\d{3}-/.test(line));
    const counts = browserLeg?.match(/(?:alaw|ulaw|opus)\s+(\d+K?)\s.*?(\d+K?)\s/);
    return counts && { received: counts[1], sent: counts[2] };
  });
  assert.notEqual(legs.received, '0');
  await cordboard.callIs(placed, 'ENDED');
  await desk.wrapsUp(placed);
});

test('while the network of an agent is cut for ten seconds the customer hears music, then the agent again', async () => {
  ear = await Ear.at(TRUNK_HOST);
  await desk.takesCalls();
  caller = await Caller.dial(cordboard, { from: '+8613800138000', to: '4008001234', ear });
  const callId = await desk.answers();
  await ear.hearsAgent();
  elsewhere.cut();
  const cut = Date.now();
  await cordboard.callIs(callId, 'REJOINING');
  measured('network cut to noticed', Date.now() - cut);
  await ear.hearsMusic();
  await pause(Math.max(0, cut + CUT_MILLIS - Date.now()));
  elsewhere.mend();
  const mended = Date.now();
  await cordboard.callIs(callId, 'TALKING');
  await desk.talks();
  await ear.hearsAgent();
  measured('network mended to the agent heard for a second and a half', Date.now() - mended);
  assert.equal(await caller.hangUp(), 0, 'the customer was never dropped');
  await desk.wrapsUp(callId);
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.deepEqual([ended.outcome, ended.answeredBy], ['ANSWERED', 'agent1']);
});
