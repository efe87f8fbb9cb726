// An agent at the real desk, in Debian's Chromium.
import { chromium } from 'playwright-core';
import { until } from './wait.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  // a beep every second, which the customer hears
  '--use-fake-device-for-media-stream',
];

export function browser(...flags) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...FLAGS, ...flags],
  });
}

/** Words of the buttons that a story presses; the desk speaks Chinese here. */
const ACTIONS = { ready: '就绪', answer: '接听', hangUp: '挂断', hold: '保持', resume: '恢复通话' };

export class Desk {
  constructor(page, cordboard) {
    this.page = page;
    this.cordboard = cordboard;
  }

  /** Signs in on a page of its own. */
  static async open(browser, cordboard, user) {
    const context = await browser.newContext({ locale: 'zh-CN', permissions: ['microphone'] });
    const desk = new Desk(await context.newPage(), cordboard);
    desk.page.setDefaultTimeout(60_000);
    await desk.page.addInitScript(instruments);
    await desk.page.goto(cordboard.up.url);
    await desk.page.locator('input').nth(0).fill(user);
    await desk.page.locator('input').nth(1).fill(cordboard.password(user));
    await desk.page.keyboard.press('Enter');
    await desk.button('ready').waitFor();
    return desk;
  }

  button(action) {
    return this.page.locator('button', { hasText: ACTIONS[action] }).first();
  }

  async ready() {
    await this.button('ready').click();
  }

  /** Waits until the switch knows this browser's phone. */
  async phoneIs(text) {
    await this.page.locator('.phone-line', { hasText: text }).waitFor();
  }

  /** Ready, with a phone that can ring. */
  async takesCalls() {
    await this.phoneIs('已注册');
    await this.ready();
  }

  /** What the browser itself counts of the newest session's sound. */
  sound() {
    return this.page.evaluate(() => globalThis.e2e.sound());
  }

  /** Both directions flow, and what comes in is no silence. */
  async talks() {
    const before = await this.sound();
    return until(`sound flows both ways, after ${JSON.stringify(before)}`, async () => {
      const now = await this.sound();
      return now.received > 0 && now.sent > 0 && now.energy > (before.energy ?? 0) && now;
    });
  }
}

/** Runs in the page before its own code: keeps hold of the browser's sessions and of when it painted. */
function instruments() {
  const sessions = [];
  const Real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...args) {
      super(...args);
      sessions.push(this);
    }
  };
  const sound = async () => {
    const session = sessions.at(-1);
    const figures = { sessions: sessions.length, state: session?.iceConnectionState ?? 'none', received: 0, sent: 0, energy: 0 };
    const stats = session === undefined ? [] : [...(await session.getStats()).values()];
    for (const one of stats) {
      if (one.type === 'inbound-rtp') {
        figures.received = one.packetsReceived;
        figures.energy = one.totalAudioEnergy ?? 0;
      }
      if (one.type === 'outbound-rtp') figures.sent = one.packetsSent;
    }
    return figures;
  };
  const watch = async (start) => {
    for (;;) {
      const { received, sent } = await sound();
      if (received > 0 && sent > 0) return performance.now() - start;
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  globalThis.e2e = { sound, answerTimes: [], painted: {} };
  addEventListener(
    'click',
    (event) => {
      const before = sessions.length;
      if (event.target.closest?.('button')?.textContent.includes('接听')) {
        const start = performance.now();
        const begun = async () => {
          while (sessions.length === before && sessions.at(-1)?.iceConnectionState === 'closed') await 0;
          globalThis.e2e.answerTimes.push(await watch(start));
        };
        void begun();
      }
    },
    true,
  );
}
