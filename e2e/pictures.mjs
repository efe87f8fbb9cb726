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
const NARROW = { width: 360, height: 780 };

async function story(chromium, user, locale, viewport, name) {
  const words = WORDS[locale];
  const context = await chromium.newContext({ locale, viewport });
  const page = await context.newPage();
  const picture = (moment) => page.screenshot({ path: join(into, `desk-${name}-${moment}.png`) });
  const press = (text) => page.locator('button', { hasText: text }).first().click();
  await signIn(page, cordboard, user);
  // the wrap-up of this agent's last picture ends by its timer
  await page.locator('button', { hasText: words.call }).first().waitFor({ timeout: 90_000 });
  const ready = page.locator('button', { hasText: words.ready }).first();
  if ((await ready.getAttribute('aria-disabled')) !== 'true') {
    await ready.click();
  }
  await page.waitForTimeout(700);
  await picture('waiting');
  await press(words.call);
  await page.locator('button', { hasText: words.answer }).first().waitFor();
  await page.waitForTimeout(700);
  await picture('ringing');
  await press(words.answer);
  await page.mouse.move(700, 560);
  await page.waitForTimeout(9000);
  await picture('talking');
  await press(words.end);
  await page.waitForTimeout(1500);
  await picture('wrap-up');
  await context.close();
}

/** The pages of a supervisor, as they are on a first day. */
async function pages(chromium, locale, viewport, name) {
  const context = await chromium.newContext({ locale, viewport });
  const page = await context.newPage();
  await signIn(page, cordboard, 'supervisor1');
  await page.locator('.page-links').waitFor();
  for (const which of ['alarms', 'trunks']) {
    await page.locator(`.page-links a[href="#/${which}"]`).click();
    await page.locator('.page-head').waitFor();
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(into, `page-${name}-${which}.png`) });
  }
  await context.close();
}

const cordboard = await Cordboard.start({ asterisk: false });
try {
  const chromium = await browser();
  for (const [user, locale, viewport, name] of [
    ['agent1', 'zh-CN', WIDE, 'zh'],
    ['agent2', 'en-GB', WIDE, 'en'],
    ['agent1', 'zh-CN', NARROW, 'zh-narrow'],
    ['agent2', 'en-GB', NARROW, 'en-narrow'],
  ]) {
    await story(chromium, user, locale, viewport, name);
    await pages(chromium, locale, viewport, name);
  }
  await chromium.close();
} finally {
  await cordboard.close();
}
