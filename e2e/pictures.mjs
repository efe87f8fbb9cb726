// Takes the documentation's pictures from the running product: node pictures.mjs [DIRECTORY]
import { join } from 'node:path';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';

const into = process.argv[2] ?? new URL('../docs/images', import.meta.url).pathname;

const WORDS = {
  'zh-CN': { ready: '就绪', call: '拨打演示电话', answer: '接听', end: '结束通话' },
  'en-GB': { ready: 'Ready', call: 'Place a demo call', answer: 'Answer', end: 'End call' },
};
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 420, height: 900 };

async function story(chromium, locale, viewport, name) {
  const words = WORDS[locale];
  const context = await chromium.newContext({ locale, viewport });
  const page = await context.newPage();
  const picture = (moment) => page.screenshot({ path: join(into, `desk-${name}-${moment}.png`) });
  const press = (text) => page.locator('button', { hasText: text }).first().click();
  await signIn(page, cordboard, 'agent1');
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

const cordboard = await Cordboard.start({ asterisk: false });
try {
  const chromium = await browser();
  for (const [locale, viewport, name] of [
    ['zh-CN', WIDE, 'zh'],
    ['en-GB', WIDE, 'en'],
    ['zh-CN', NARROW, 'zh-narrow'],
    ['en-GB', NARROW, 'en-narrow'],
  ]) {
    await story(chromium, locale, viewport, name);
  }
  await chromium.close();
} finally {
  await cordboard.close();
}
