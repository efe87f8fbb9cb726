// Pages as they look: in both themes and both languages, judged by axe-core, and at the widths that people have.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export const LOOKS = ['light', 'dark'].flatMap((theme) => ['en', 'zh'].map((language) => ({ theme, language })));

/** For stories of desks that speak Chinese, and whose moments do not wait. */
export const THEMES = LOOKS.filter(({ language }) => language === 'zh');

/** From inside a CRM's side bar to the widest screen on a desk. */
export const WIDTHS = [360, 480, 768, 1024, 1440, 1920, 2560];

/** Where pictures of what was looked at go, for whoever wants to see them. */
const PICTURES = process.env.CORDBOARD_E2E_PICTURES;

/** Shows the page in this theme and language by its own two switches; they may stand behind a dialog. */
export async function show(page, { theme, language }) {
  await page.evaluate((wanted) => {
    for (let tries = 0; tries < 3 && document.documentElement.dataset.theme !== wanted; tries++) document.querySelector('.theme').click();
  }, theme);
  await page.evaluate((wanted) => {
    if (!document.documentElement.lang.startsWith(wanted)) document.querySelector('.language').click();
  }, language);
  await page.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted), language);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // what fades in has its own colours only afterwards
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < 1000).map((one) => one.finished.catch(() => {}))));
}

/** Serious and critical findings in the page as it is now, each with its place. */
async function findings(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (standards) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: standards, resultTypes: ['violations'] });
    return violations;
  }, STANDARDS);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.failureSummary}`));
}

/** Findings that stay: on a busy machine a page is looked at while it still takes on its new colours. */
async function lasting(page) {
  let found = await findings(page);
  for (let looks = 1; looks < 4 && found.length > 0; looks++) found = await findings(page);
  return found;
}

/** Findings of this moment in every theme and language, or in these looks, each with what it was found in. */
export async function judge(page, moment, looks = LOOKS) {
  const found = [];
  for (const look of looks) {
    await show(page, look);
    const name = `${moment}-${look.theme}-${look.language}`;
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    found.push(...(await lasting(page)).map((finding) => `${name}: ${finding}`));
  }
  return found;
}

/** The widths at which the page is wider than its window. */
export async function tooWide(page, moment) {
  const { width, height } = page.viewportSize();
  const found = [];
  for (const wanted of WIDTHS) {
    await page.setViewportSize({ width: wanted, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${moment}-${wanted}.png`) });
    if (over > 0) found.push(`${moment} at ${wanted}: ${over} too wide: ${await widest(page)}`);
  }
  await page.setViewportSize({ width, height });
  return found;
}

/** What stands out furthest. */
const widest = (page) =>
  page.evaluate(() => {
    const right = (one) => one.getBoundingClientRect().right;
    const furthest = [...document.body.querySelectorAll('*')].sort((a, b) => right(b) - right(a))[0];
    return `${furthest.tagName} ${furthest.className}`;
  });
