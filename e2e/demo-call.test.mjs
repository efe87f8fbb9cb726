// The first story, as a newcomer lives it: the real launcher, server, database and browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const launcher = new URL('../cordboard', import.meta.url).pathname;
const data = mkdtempSync(join(tmpdir(), 'cordboard-e2e-'));
let up;
let browser;

function cordboard(...args) {
  const out = execFileSync(launcher, [...args, '--data', data, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 600_000,
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}

async function api(path) {
  const response = await fetch(up.url + path, {
    headers: { Authorization: `Bearer ${up.apiKey}` },
  });
  assert.equal(response.status, 200, path);
  return response.json();
}

before(async () => {
  up = cordboard('up', '--detach', '--port', '0');
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});

after(async () => {
  await browser?.close();
  if (up) {
    assert.deepEqual(cordboard('down'), { stopped: true });
  }
  rmSync(data, { recursive: true, force: true });
});

test('a demo call rings the desk with its customer and is answered by the agent', async () => {
  const page = await browser.newPage({ locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  await page.goto(up.url);
  const [user, password] = await Promise.all(
    [0, 1].map((n) => page.locator('input').nth(n)),
  );
  await user.fill('agent1');
  await password.fill(up.demo.find((login) => login.user === 'agent1').password);
  await page.keyboard.press('Enter');
  await page.locator('button', { hasText: '就绪' }).first().click();
  const placed = page.waitForResponse(
    (r) => r.url().endsWith('/api/v1/calls') && r.request().method() === 'POST',
  );
  await page.locator('button', { hasText: '拨打演示电话' }).first().click();
  const { callId } = await (await placed).json();
  assert.match(callId, /^[0-9a-f-]{36}$/);
  await page.locator('button', { hasText: '接听' }).first().click();
  await page.getByText('未核身').first().waitFor();
  let status = await api(`/api/v1/calls/${callId}`);
  for (let tries = 0; status.phase !== 'TALKING' && tries < 600; tries++) {
    await page.waitForTimeout(100);
    status = await api(`/api/v1/calls/${callId}`);
  }
  assert.equal(status.phase, 'TALKING');
  assert.equal(status.answeredBy, 'agent1');
  assert.match(status.customer, /^[0-9a-f-]{36}$/);
});
