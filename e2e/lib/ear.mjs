// A customer's telephone at the level of RTP: speaks a tone, presses keys, and tells how loud it is what arrives.
import { createSocket } from 'node:dgram';
import { until } from './wait.mjs';

const HEADER = 12;
/** SSRC of what is sent. */
const SOURCE = 0x00e2e000;
const FRAME = 160;
const PCMA = 8;
/** RFC 4733, as the caller's offer numbers it. */
const KEYS = 101;
const KEY_NAMES = '0123456789*#';
/** A key is told in so many packets, the last three of which end it. */
const KEY_PACKETS = 8;
/** Below this there is nothing to hear: A-law's smallest step is 0.0002. */
export const SILENT = 0.001;
/** Music has more sound than this, an agent's beeps far less. */
const MUSIC = 0.5;

export class Ear {
  #socket = createSocket('udp4');
  #frames = 0;
  #loud = 0;
  #sum = 0;
  /** By the time at which each began: a key is sent in many packets, the last one three times. */
  #keys = new Map();
  /** What is sent next in place of the tone. */
  #pressing = [];

  /** Listens at a free port of this address. */
  static async at(host) {
    const ear = new Ear();
    await new Promise((done) => ear.#socket.bind(0, host, done));
    return ear;
  }

  constructor() {
    this.#socket.on('message', (packet, from) => {
      const type = packet[1] & 0x7f;
      if (type === KEYS && packet.length >= HEADER + 4) this.#keys.set(packet.readUInt32BE(4), KEY_NAMES[packet[HEADER]]);
      if (packet.length <= HEADER || type !== PCMA) return;
      const sound = packet.subarray(HEADER);
      const square = sound.reduce((sum, byte) => sum + linear(byte) ** 2, 0) / sound.length;
      this.#frames += 1;
      this.#loud += Math.sqrt(square) > SILENT ? 1 : 0;
      this.#sum += square;
      // in step with what arrives: the tone needs no clock of its own
      const press = this.#pressing.shift();
      this.#socket.send(press === undefined ? spoken(packet) : pressed(packet, press), from.port, from.address);
    });
  }

  get port() {
    return this.#socket.address().port;
  }

  /** How loud the next frames of 20 ms are, RMS between 0 and 1, and the share of them that is not silent. */
  async next(frames) {
    this.#frames = 0;
    this.#loud = 0;
    this.#sum = 0;
    await until(`${frames} frames arrive`, () => this.#frames >= frames);
    return { rms: Math.sqrt(this.#sum / this.#frames), share: this.#loud / this.#frames };
  }

  /** Waits for a second and a half with sound, or without: the agent's beeps are a second apart. */
  hears(sound) {
    return until(`the customer hears ${sound ? 'something' : 'nothing'}`, async () => {
      const { rms } = await this.next(75);
      return rms > SILENT === sound;
    });
  }

  /** Waits for a second and a half that is full of sound. */
  hearsMusic() {
    return until('the customer hears music', async () => (await this.next(75)).share > MUSIC);
  }

  /** Waits for the agent's beeps with nothing between them. */
  hearsAgent() {
    return until('the customer hears the agent', async () => {
      const { share } = await this.next(75);
      return share > 0 && share < MUSIC;
    });
  }

  /** Waits until these keys, and no others, were pressed at the other end. */
  hearsKeys(keys) {
    return until(`the customer's side hears ${keys}`, () => [...this.#keys.values()].join('') === keys);
  }

  /** Presses a key; over when all of it was sent. */
  presses(key) {
    const press = { event: KEY_NAMES.indexOf(key), start: null };
    this.#pressing.push(...Array.from({ length: KEY_PACKETS }, (_, n) => ({ press, n })));
    return until(`the key ${key} is sent`, () => this.#pressing.length === 0);
  }

  close() {
    this.#socket.close();
  }
}

/** The arrived packet's number, with a part of a key: all its parts have the time at which it began. */
function pressed(packet, { press, n }) {
  const answer = Buffer.alloc(HEADER + 4);
  packet.copy(answer, 0, 0, 4);
  answer[1] = n === 0 ? 0x80 | KEYS : KEYS;
  press.start ??= packet.readUInt32BE(4);
  answer.writeUInt32BE(press.start, 4);
  answer.writeUInt32BE(SOURCE, 8);
  const last = KEY_PACKETS - 3;
  answer.writeUInt8(press.event, HEADER);
  // a volume of 10, and whether it ends
  answer.writeUInt8(n < last ? 10 : 0x80 | 10, HEADER + 1);
  answer.writeUInt16BE(FRAME * Math.min(n + 1, last + 1), HEADER + 2);
  return answer;
}

/** The arrived packet's number and time, with a tone of 440 Hz as its sound. */
function spoken(packet) {
  const answer = Buffer.alloc(HEADER + FRAME);
  packet.copy(answer, 0, 0, 8);
  answer.writeUInt32BE(SOURCE, 8);
  const start = packet.readUInt32BE(4);
  for (let n = 0; n < FRAME; n++) {
    answer[HEADER + n] = alaw(0.4 * Math.sin((2 * Math.PI * 440 * ((start + n) % 8000)) / 8000));
  }
  return answer;
}

/** G.711 A-law to a sample between -1 and 1. */
function linear(byte) {
  const bits = byte ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const size = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80 ? size : -size) / 32768;
}

function alaw(sample) {
  const size = Math.min(32767, Math.abs(Math.round(sample * 32768)));
  const segment = Math.max(0, Math.floor(Math.log2(Math.max(1, size))) - 7);
  const mantissa = (size >> (segment === 0 ? 4 : segment + 3)) & 15;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | mantissa) ^ 0x55;
}
