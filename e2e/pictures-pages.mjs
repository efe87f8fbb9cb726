// Takes pictures of the pages from the running product, in both languages, both themes, wide and narrow, and writes the page
// that shows them: node pictures-pages.mjs [DIRECTORY]. The moments of a call are pictures.mjs's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';
import { LOOKS, show } from './lib/looks.mjs';

const into = process.argv[2] ?? new URL('../docs/images', import.meta.url).pathname;
const LINE = '4008001234';
const PASSWORD = 'a long password of one’s own';
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 780 } };
/** Of the pictures, so that all of them together stay small. */
const QUALITY = 40;

/** What was taken, in its order: [name, what it shows]. */
const taken = [];

/** The page as it is now, in every look and size. */
async function picture(page, name, about) {
  const cdp = await page.context().newCDPSession(page);
  for (const look of LOOKS) {
    await show(page, look);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
      writeFileSync(join(into, `${name}-${look.language}-${look.theme}-${size}.webp`), Buffer.from(data, 'base64'));
    }
  }
  await page.setViewportSize(SIZES.wide);
  await cdp.detach();
  taken.push([name, about]);
  process.stderr.write(`${name}\n`);
}

async function open(user, password = cordboard.password(user)) {
  const context = await chromium.newContext({ locale: 'en-GB', viewport: SIZES.wide, reducedMotion: 'reduce', permissions: ['microphone'] });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { up: cordboard.up, password: () => password }, user);
  return page;
}

const key = (page, keys) => page.keyboard.press(keys);

async function signingIn() {
  const page = await (await chromium.newContext({ locale: 'en-GB', viewport: SIZES.wide, reducedMotion: 'reduce' })).newPage();
  await page.goto(cordboard.up.url);
  await page.locator('.door').waitFor();
  await picture(page, 'sign-in', 'Signing in');
  await page.context().close();
}

async function goTo(page, which) {
  await page.goto(`${cordboard.up.url}/#/${which}`);
  await page.locator('.page h1').waitFor();
  await page.waitForLoadState('networkidle');
}

/** A new administrator, who chooses a password first. */
async function administrator() {
  const username = `boss${Date.now() % 100_000}`;
  const made = await cordboard.request('POST', '/users', { username, name: 'Boss', role: 'ADMINISTRATOR', grants: [] }, 201);
  const page = await open(username, made.password);
  await page.locator('input[type=password]').nth(2).waitFor();
  await picture(page, 'password', 'The first sign-in');
  for (const [at, text] of [made.password, PASSWORD, PASSWORD].entries()) await page.locator('input[type=password]').nth(at).fill(text);
  await key(page, 'Enter');
  await page.locator('.office').waitFor();
  for (const [which, about] of [
    ['incidents', 'Privacy incidents'], ['trunks', 'How a trunk’s numbers are read'], ['imports', 'Customers from files'],
    ['letters', 'Work that failed'], ['health', 'Health in words'],
  ]) {
    await goTo(page, which);
    await picture(page, which, about);
  }
  await settingUp(page);
  await page.context().close();
}

async function settingUp(page) {
  for (const [section, row, about] of [
    ['users', 'agent1', 'A user'], ['queues', '', 'A queue'], ['lines', LINE, 'A line'], ['hours', '', 'Opening hours'],
    ['dispositions', '', 'A disposition'],
  ]) {
    await goTo(page, `setup/${section}`);
    await page.locator('.setup-list').waitFor();
    const rows = page.locator('.setup-row', { hasText: row });
    if ((await rows.count()) > 0) await rows.first().click();
    else await page.locator('.setup-list .page-tools button').click();
    await page.locator('.setup-form').waitFor();
    await picture(page, `setup-${section}`, `Set-up: ${about.toLowerCase()}`);
    if (section === 'hours') await page.getByRole('button', { name: /^(Throw the changes away|放弃更改)/ }).click();
  }
  await goTo(page, 'setup/queues');
  await page.locator('.setup-row').first().click();
  await page.locator('.setup-form .field input').first().fill('Customer care');
  await page.locator('.setup-pending .setup-said').first().waitFor();
  await picture(page, 'setup-change', 'Set-up: what changes, before it is applied');
  await goTo(page, 'setup/file');
  await page.locator('.setup-file').waitFor();
  await picture(page, 'setup-file', 'Set-up: everything as one file');
}

/** The page that shows them. */
function index() {
  const cell = (name, language, theme, size) => `<a href="images/${name}-${language}-${theme}-${size}.webp"><img src="images/${name}-${language}-${theme}-${size}.webp" alt="${name}, ${language}, ${theme}, ${size}" height="180"></a>`;
  const all = (name, size) => LOOKS.map(({ language, theme }) => cell(name, language, theme, size)).join(' ');
  const rows = taken.map(([name, about]) => `| ${about} | ${all(name, 'wide')} | ${all(name, 'narrow')} |`);
  return `# Pictures

Pages, in both languages and both themes, 1440 and 360 pixels wide, taken from the running product with its demo data by
\`node e2e/pictures-pages.mjs\`. A click shows one as large as it was taken. Moments of a call are not among them yet.

| what | wide: English and Chinese, light; then dark | narrow |
| --- | --- | --- |
${rows.join('\n')}
`;
}

mkdirSync(into, { recursive: true });
const cordboard = await Cordboard.start({ asterisk: false });
let chromium;
try {
  chromium = await browser();
  await signingIn();
  await administrator();
  writeFileSync(new URL('../docs/pictures.md', import.meta.url), index());
} finally {
  await chromium?.close();
  await cordboard.close();
}
