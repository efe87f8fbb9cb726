import { expect, test } from 'vitest';
import { loudestMoment } from '../src/phone/loudness';

const beep = (samples: number, from: number, length: number, amplitude: number) =>
  Float32Array.from({ length: samples }, (_, n) => (n >= from && n < from + length ? amplitude * (n % 2 ? 1 : -1) : 0));

test('a sound between two looks is heard, wherever in them it is', () => {
  for (const from of [0, 700, 3_900, 7_000]) {
    expect(loudestMoment(beep(9_600, from, 1_024, 0.1))).toBeGreaterThan(0.07);
  }
});

test('silence is silent, and a sound is as loud as its loudest moment, not as the whole', () => {
  expect(loudestMoment(new Float32Array(4_800))).toBe(0);
  expect(loudestMoment(beep(9_600, 0, 9_600, 0.5))).toBeCloseTo(0.5, 5);
  expect(loudestMoment(beep(9_600, 512, 512, 0.5))).toBeCloseTo(0.5, 5);
});
