// Takes the documentation's pictures from the running product: node pictures.mjs [DIRECTORY]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const launcher = new URL('../cordboard', import.meta.url).pathname;
const into = process.argv[2] ?? new URL('../docs/images', import.meta.url).pathname;
const data = mkdtempSync(join(tmpdir(), 'cordboard-pictures-'));

const WORDS = {
  'zh-CN': { ready: '就绪', call: '拨打演示电话', answer: '接听', end: '结束通话' },
  'en-GB': { ready: 'Ready', call: 'Place a demo call', answer: 'Answer', end: 'End call' },
};
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 420, height: 900 };

function cordboard(...args) {
  const out = execFileSync(launcher, [...args, '--data', data, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}

async function story(browser, up, locale, viewport, name) {
  const words = WORDS[locale];
  const context = await browser.newContext({ locale, viewport });
  const page = await context.newPage();
  const picture = (moment) => page.screenshot({ path: join(into, `desk-${name}-${moment}.png`) });
  const press = (text) => page.locator('button', { hasText: text }).first().click();
  await page.goto(up.url);
  await page.locator('input').nth(0).fill('agent1');
  await page.locator('input').nth(1).fill(up.demo.find((login) => login.user === 'agent1').password);
  await page.keyboard.press('Enter');
  await press(words.ready);
  await page.waitForTimeout(700);
  await picture('waiting');
  await press(words.call);
  await page.locator('button', { hasText: words.answer }).first().waitFor();
  await page.waitForTimeout(700);
  await picture('ringing');
  await press(words.answer);
  await page.waitForTimeout(9000);
  await picture('talking');
  await press(words.end);
  await page.waitForTimeout(1500);
  await picture('wrap-up');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await page.locator('button', { hasText: words.call }).first().waitFor();
  await context.close();
}

const up = cordboard('up', '--detach', '--port', '0');
try {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  for (const [locale, viewport, name] of [
    ['zh-CN', WIDE, 'zh'],
    ['en-GB', WIDE, 'en'],
    ['zh-CN', NARROW, 'zh-narrow'],
    ['en-GB', NARROW, 'en-narrow'],
  ]) {
    await story(browser, up, locale, viewport, name);
  }
  await browser.close();
} finally {
  cordboard('down');
  rmSync(data, { recursive: true, force: true });
}
