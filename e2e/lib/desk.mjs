// An agent at the real desk, in Debian's Chromium.
import { chromium } from 'playwright-core';
import { until } from './wait.mjs';

/** Chromium's own microphone, and nobody who must be asked for it. */
export const MICROPHONE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
  // a beep every second, which the customer hears
  ...MICROPHONE,
];

/** @param options flags to add, flags to go without, another program to start, its environment */
const launching = ({ flags = [], without = [], ...options } = {}) => ({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [...FLAGS.filter((flag) => !without.includes(flag)), ...flags],
  ...options,
});

export const browser = (options) => chromium.launch(launching(options));

/** A browser that has `kill()`: all its processes end at once and take leave of nobody. */
export async function mortalBrowser(options) {
  const server = await chromium.launchServer(launching(options));
  const mortal = await chromium.connect(server.wsEndpoint());
  return Object.assign(mortal, { kill: () => server.kill(), close: () => server.close() });
}

/** Opens the desk and signs in, in whatever language the page has. */
export async function signIn(page, cordboard, user) {
  await page.goto(cordboard.up.url);
  await page.locator('input').nth(0).fill(user);
  await page.locator('input').nth(1).fill(cordboard.password(user));
  await page.keyboard.press('Enter');
}

/** Words of the buttons that a story presses; the desk speaks Chinese here. */
const ACTIONS = {
  ready: '就绪', answer: '接听', decline: '拒接', hangUp: '结束通话', hold: '保持', resume: '恢复通话', finish: '完成',
  mute: '静音', unmute: '取消静音', pauseRecording: '暂停录音', resumeRecording: '恢复录音',
};

export class Desk {
  /** What the server told this page, newest last. */
  #told = [];

  constructor(page, cordboard) {
    this.page = page;
    this.cordboard = cordboard;
    page.setDefaultTimeout(100_000);
    page.on('websocket', (socket) => {
      if (!socket.url().endsWith('/api/v1/desk')) return;
      socket.on('framereceived', ({ payload }) => {
        const { message } = JSON.parse(payload);
        if (message) this.#told.push(message);
      });
    });
  }

  /** Signs in on a page of its own. */
  static async open(browser, cordboard, user, { permissions = ['microphone'] } = {}) {
    const context = await browser.newContext({ locale: 'zh-CN', permissions });
    const desk = await Desk.page(context, cordboard);
    await signIn(desk.page, cordboard, user);
    await desk.button('ready').waitFor();
    return desk;
  }

  /** Another tab of the same browser, signed in already. */
  async secondTab() {
    const tab = await Desk.page(this.page.context(), this.cordboard);
    await tab.page.goto(this.cordboard.up.url);
    await tab.page.locator('.phone-line').waitFor();
    return tab;
  }

  static async page(context, cordboard) {
    const page = await context.newPage();
    await page.addInitScript(instruments);
    return new Desk(page, cordboard);
  }

  button(action) {
    return this.page.locator('button', { hasText: new RegExp(`^${ACTIONS[action] ?? action}`) }).first();
  }

  async press(action) {
    await this.button(action).click();
  }

  /** Chooses how the call ended and finishes the record. */
  async wrapsUp(callId, disposition = '已解决') {
    await this.callIs(callId, 'WRAP_UP');
    await this.page.locator('.dispositions').getByText(disposition).click();
    await until('the disposition is kept', () => this.call(callId).disposition);
    await this.press('finish');
    await this.callIs(callId, 'DONE');
  }

  phoneIs(text) {
    return this.page.locator('.phone-line', { hasText: text }).waitFor();
  }

  /** Ready, with a phone that the switch knows. */
  async takesCalls() {
    await this.phoneIs('已注册');
    await this.ready();
  }

  async ready() {
    if ((await this.me()).state !== 'READY') await this.press('ready');
    // where somebody waits, the first that is told is the offer
    await this.stateIs('READY', 'OFFERED');
  }

  async takesBreak() {
    await this.press('小休');
    await this.page.locator('.ant-popover .choices button').first().click();
    await this.stateIs('NOT_READY');
  }

  async me() {
    return until('the desk knows its agent', () => this.#newest((message) => message.me));
  }

  stateIs(...states) {
    return until(`agent is ${states}`, () => {
      const me = this.#newest((message) => message.me);
      return states.includes(me?.state) && me;
    });
  }

  /** The view of a call as this desk was told last. */
  call(callId) {
    return this.#newest(
      (message) =>
        (message.call?.callId === callId && message.call) ||
        message.calls?.find((call) => call.callId === callId),
    );
  }

  callIs(callId, ...phases) {
    return until(`the desk shows ${callId} as ${phases}`, () => {
      const call = this.call(callId);
      return phases.includes(call?.phase) && call;
    });
  }

  /** The customer's card that came with a call. */
  card(callId) {
    return this.#newest(
      (message) => (message.call?.callId === callId && message.card) || message.cards?.[callId],
    );
  }

  /** What is asked for from now on must be told anew. */
  forget() {
    this.#told = [];
  }

  /** The page is loaded anew, and is told everything anew. */
  async refreshes() {
    this.forget();
    await this.page.reload();
  }

  #newest(pick) {
    for (let n = this.#told.length - 1; n >= 0; n--) {
      const found = pick(this.#told[n]);
      if (found) return found;
    }
    return null;
  }

  /** What rings now; its id. */
  async rings() {
    await this.button('answer').waitFor();
    const view = await until('a call rings', () => {
      const call = this.#newest((message) => message.call ?? message.calls?.at(-1));
      return call?.phase === 'RINGING' && call;
    });
    return view.callId;
  }

  /** Out of the notes first: where one writes, a key is a letter. */
  async key(...keys) {
    await this.page.keyboard.press('Escape');
    for (const one of keys) await this.page.keyboard.press(one);
  }

  /** Types a number to call. */
  async types(number) {
    await this.key('d');
    await this.page.locator('.dial input').fill(number);
    await this.page.keyboard.press('Enter');
  }

  /** Calls a number; the id of the call. */
  dials(number) {
    return this.callsOut(() => this.types(number));
  }

  /** Does something by which a call goes out; the id of the call. */
  async callsOut(act) {
    const before = new Set(this.#told.flatMap((message) => message.call?.callId ?? []));
    await act();
    const view = await until('a call goes out', () =>
      this.#newest((message) => message.call?.outgoing && !before.has(message.call.callId) && message.call),
    );
    return view.callId;
  }

  /** Rings, is answered by a click, and both hear each other. */
  async answers() {
    const callId = await this.rings();
    await this.press('answer');
    await this.talks();
    await this.callIs(callId, 'TALKING');
    return callId;
  }

  /** Refuses what rings. */
  async declines() {
    await this.press('decline');
    await this.stateIs('NOT_READY');
  }

  /** What the browser itself counts of the newest session's sound. */
  sound() {
    return this.page.evaluate(() => globalThis.e2e.sound());
  }

  /** Both directions flow from now on, and what comes in is no silence. */
  async talks() {
    const before = await this.sound();
    return until(`sound flows both ways, after ${JSON.stringify(before)}`, async () => {
      const now = await this.sound();
      const same = now.sessions === before.sessions;
      const from = same ? before : { received: 0, sent: 0, energy: 0 };
      return now.received > from.received && now.sent > from.sent && now.energy > from.energy && now;
    });
  }

  /** Waits until what the browser hears is a tone of this frequency. */
  hearsTone(hertz) {
    return until(`the agent hears ${hertz} Hz`, () => this.hears(hertz));
  }

  /** Whether a tone of this frequency is the loudest that the browser hears now. */
  async hears(hertz) {
    return Math.abs((await this.page.evaluate(() => globalThis.e2e.pitch())) - hertz) < 25;
  }

  /** Millis from each click on answer to each step of the session, the last one that sound had gone both ways. */
  answerTimes() {
    return this.page.evaluate(() => globalThis.e2e.answerTimes);
  }

  /** What the interface answers to this page's session. */
  get(path) {
    return this.page.evaluate(async (url) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.json();
    }, `/api/v1${path}`);
  }

  /** A call in the file of its customer, whose card this desk has been shown. */
  inTimeline(callId, complete = () => true) {
    const customer = this.card(callId).id;
    return until(`${callId} stands in the timeline`, async () => {
      const { items } = await this.get(`/customers/${customer}/timeline?kind=call`);
      const entry = items.find((one) => one.id === callId);
      return entry && complete(entry) && entry;
    });
  }

  /** The bytes that an HTTP request with this page's session gives. */
  bytes(path) {
    return this.page.evaluate(async (url) => {
      const response = await fetch(url);
      if (!response.ok) return null;
      return [...new Uint8Array(await response.arrayBuffer())];
    }, `/api/v1${path}`).then((bytes) => bytes && Uint8Array.from(bytes));
  }

  /** The recording of an agent's part, as soon as it was fetched from the switch. */
  recording(callId, segment = 1, take = 1) {
    return until('the recording can be played', () => this.bytes(`/recordings/r-${callId}-${segment}-${take}`));
  }

  /** When the ring was heard first since then, epoch millis by the page's clock. */
  rang(since) {
    return until('the ring is heard', () => this.page.evaluate((from) => globalThis.e2e.rings.find((at) => at >= from), since));
  }

  /** When this text was painted first, by the page's clock, epoch millis. */
  painted(text) {
    return this.page.evaluate((wanted) => globalThis.e2e.whenPainted(wanted), text);
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
      this.steps = { session: performance.now() };
      this.addEventListener('icegatheringstatechange', () => this.#step(`candidates ${this.iceGatheringState}`));
      this.addEventListener('iceconnectionstatechange', () => this.#step(`ICE ${this.iceConnectionState}`));
      this.addEventListener('connectionstatechange', () => this.#step(`DTLS ${this.connectionState}`));
      this.addEventListener('track', ({ track }) => (this.heard = track));
    }
    #step(name) {
      this.steps[name] ??= performance.now();
    }
  };
  const analyserOf = (track) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    return analyser;
  };
  /** The strongest frequency of what the newest session brings, Hz; 0 for silence. */
  const pitch = () => {
    const session = sessions.at(-1);
    if (session?.heard === undefined) return 0;
    const analyser = (session.analyser ??= analyserOf(session.heard));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const loudest = bins.reduce((best, power, at) => (power > bins[best] ? at : best), 0);
    return bins[loudest] < -60 ? 0 : (loudest * analyser.context.sampleRate) / analyser.fftSize;
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
  /** Until a session that was not there before has heard and was sent. */
  const watch = async (before, start) => {
    for (;;) {
      const now = await sound();
      if (now.sessions > before && now.received > 0 && now.sent > 0) {
        const total = performance.now() - start;
        const steps = Object.entries(sessions.at(-1).steps).map(([name, at]) => [name, at - start]);
        return { total, steps: Object.fromEntries(steps) };
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  /** Resolves with the time of the frame in which a heading has this text. */
  const whenPainted = (text) =>
    new Promise((done) => {
      const look = () => {
        if ([...document.querySelectorAll('h1, h2')].some((one) => one.textContent.includes(text))) {
          requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    });
  // the ring is made of tones
  const rings = [];
  const strike = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when = 0) {
    const ahead = Math.max(0, when - this.context.currentTime) * 1000;
    rings.push(performance.timeOrigin + performance.now() + ahead);
    return strike.call(this, when);
  };
  globalThis.e2e = { sound, pitch, answerTimes: [], whenPainted, rings };
  addEventListener(
    'click',
    (event) => {
      if (!event.target.closest?.('button')?.textContent.includes('接听')) return;
      const start = performance.now();
      const session = sessions.length;
      void watch(session, start).then((times) => globalThis.e2e.answerTimes.push(times));
    },
    true,
  );
}
