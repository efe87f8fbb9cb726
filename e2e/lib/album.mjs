// Pictures of the running product in both languages, both themes, wide and narrow, and the page that shows them all.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOOKS, show } from './looks.mjs';

export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 780 } };
/** Of the pictures, so that all of them together stay small. */
const QUALITY = 40;

/** Resolves when nothing has another size than some frames before: texts grow and shrink after their width. */
const isStill = () =>
  new Promise((done) => {
    const sizes = () => [...document.querySelectorAll('textarea, main, aside')].map(({ clientWidth, scrollHeight }) => `${clientWidth} ${scrollHeight}`).join();
    const look = (before, frames) => {
      const now = sizes();
      if (now === before && frames === 0) done();
      else requestAnimationFrame(() => look(now, now === before ? frames - 1 : 8));
    };
    look('', 8);
  });

export class Album {
  /** What was taken, in its order: [name, what it shows]. */
  #taken = [];

  /** @param into the directory of the pictures */
  constructor(into) {
    this.into = into;
    mkdirSync(into, { recursive: true });
  }

  /**
   * The page as it is now, in every look and size.
   *
   * @param from what stands at the top of the picture where the page has to be scrolled for it; else the page's own top
   * @param settled waits for what a page reads anew in another language
   */
  async take(page, name, about, { from = null, settled = () => {} } = {}) {
    // what is under the pointer looks otherwise
    await page.mouse.move(0, 0);
    const cdp = await page.context().newCDPSession(page);
    for (const look of LOOKS) {
      await show(page, look);
      await settled();
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        if (from === null) await page.evaluate(() => scrollTo(0, 0));
        else await from.evaluate((element) => element.scrollIntoView({ block: 'start' }));
        await page.evaluate(isStill);
        const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
        writeFileSync(join(this.into, `${name}-${look.language}-${look.theme}-${size}.webp`), Buffer.from(data, 'base64'));
      }
    }
    await page.setViewportSize(SIZES.wide);
    await page.evaluate(() => scrollTo(0, 0));
    await cdp.detach();
    this.#taken.push([name, about]);
    process.stderr.write(`${name}\n`);
  }

  /** The page that shows them. */
  index() {
    const cell = (name, language, theme, size) => `<a href="images/${name}-${language}-${theme}-${size}.webp"><img src="images/${name}-${language}-${theme}-${size}.webp" alt="${name}, ${language}, ${theme}, ${size}" height="180"></a>`;
    const all = (name, size) => LOOKS.map(({ language, theme }) => cell(name, language, theme, size)).join(' ');
    const rows = this.#taken.map(([name, about]) => `| ${about} | ${all(name, 'wide')} | ${all(name, 'narrow')} |`);
    return `# Pictures

Moments of a call and pages, in both languages and both themes, ${SIZES.wide.width} and ${SIZES.narrow.width} pixels wide, taken from the running
product with its demo data by \`node e2e/pictures-pages.mjs\`. A click shows one as large as it was taken.

| what | wide: English and Chinese, light; then dark | narrow |
| --- | --- | --- |
${rows.join('\n')}
`;
  }
}
