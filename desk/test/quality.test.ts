import { describe, expect, it } from 'vitest';
import { DeskFault, LINK_DOWN } from '../src/client/faults';
import { type Counters, countersIn, momentOf, Quality, type Stretch } from '../src/phone/quality';
import { QualityPost, type QualityReport } from '../src/phone/quality-post';
import { gradeOf, scoreOf } from '../src/phone/score';
import { HandTimers, settle } from './hand-timers';

const NONE: Counters = { received: 0, lost: 0, outLostShare: null, jitterMillis: 0, roundTripMillis: null, bufferedMillis: 0 };

describe('the score', () => {
  it('is that of the E-model: 4.41 for a perfect line', () => {
    expect(scoreOf({ lossPercent: 0, oneWayMillis: 0 })).toBeCloseTo(4.41, 2);
  });

  it('falls with loss and delay, and never leaves the scale', () => {
    let last = 5;
    for (const lossPercent of [0, 1, 3, 10, 30, 100]) {
      const score = scoreOf({ lossPercent, oneWayMillis: 50 });
      expect(score).toBeLessThan(last);
      expect(score).toBeGreaterThanOrEqual(1);
      last = score;
    }
    expect(scoreOf({ lossPercent: 0, oneWayMillis: 400 })).toBeLessThan(scoreOf({ lossPercent: 0, oneWayMillis: 170 }));
    expect(scoreOf({ lossPercent: 100, oneWayMillis: 60_000 })).toBe(1);
  });

  it('is put into three words', () => {
    expect([4.4, 3.7, 2.9].map(gradeOf)).toEqual(['good', 'fair', 'poor']);
  });
});

describe('a moment', () => {
  it('is what came between two looks, in the worse direction', () => {
    const moment = momentOf({ ...NONE, received: 100, lost: 10 }, { ...NONE, received: 298, lost: 12, outLostShare: 0.05 });
    expect(moment?.lossPercent).toBe(5);
    expect(momentOf({ ...NONE, received: 100 }, { ...NONE, received: 190, lost: 10 })?.lossPercent).toBe(10);
  });

  it('loses nothing when packets counted as lost arrive after all', () => {
    expect(momentOf({ ...NONE, received: 100, lost: 10 }, { ...NONE, received: 300, lost: 4 })?.lossPercent).toBe(0);
  });

  it('is none while nothing comes, as on hold', () => {
    expect(momentOf({ ...NONE, received: 100 }, { ...NONE, received: 100 })).toBeNull();
  });

  it('is read from what the browser reports', () => {
    const report = [
      { type: 'codec' },
      { type: 'inbound-rtp', packetsReceived: 500, packetsLost: 3, jitter: 0.004, jitterBufferDelay: 40, jitterBufferEmittedCount: 1000 },
      { type: 'remote-inbound-rtp', fractionLost: 0.01, roundTripTime: 0.08 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.07 },
    ];
    expect(countersIn(report)).toEqual({ received: 500, lost: 3, outLostShare: 0.01, jitterMillis: 4, roundTripMillis: 80, bufferedMillis: 40 });
    expect(countersIn(report.filter(({ type }) => !type.startsWith('remote')))?.roundTripMillis).toBeCloseTo(70);
    expect(countersIn([{ type: 'codec' }])).toBeNull();
  });
});

describe('the quality of a talk', () => {
  it('is the mean of its moments with the worst one', async () => {
    const timers = new HandTimers();
    const shares = [0, 0, 0, 0.3];
    let received = 0;
    const quality = new Quality({
      timers,
      counters: () => Promise.resolve({ ...NONE, received: (received += 200), outLostShare: shares.shift() ?? 0 }),
      changed: () => {},
    });
    await timers.pass(12_500);
    const stretch = quality.stop()!;
    expect(stretch.seconds).toBe(12);
    expect(stretch.lossPercent).toBeCloseTo(10);
    expect(stretch.lowestScore).toBeLessThan(stretch.score);
  });

  it('of a browser that cannot tell is not told', async () => {
    const timers = new HandTimers();
    const quality = new Quality({ timers, counters: () => Promise.reject(new Error('closed')), changed: () => {} });
    await timers.pass(20_000);
    expect(quality.stop()).toBeNull();
  });
});

describe('what is told of a talk', () => {
  const REPORT = { callId: 'c1', stretch: 1 } as Stretch & { callId: string };

  it('waits for a link that is down, and is told once when it is back', async () => {
    let up = false;
    const told: QualityReport[] = [];
    const post = new QualityPost((report) => {
      if (!up) return Promise.reject(new DeskFault(LINK_DOWN, ''));
      told.push(report);
      return Promise.resolve();
    });
    post.tell(REPORT);
    await settle();
    up = true;
    post.retry();
    await settle();
    post.retry();
    await settle();
    expect(told).toEqual([REPORT]);
  });

  it('is dropped when the server refuses it', async () => {
    let asked = 0;
    const post = new QualityPost(() => {
      asked += 1;
      return Promise.reject(new DeskFault('/problems/not-found', ''));
    });
    post.tell(REPORT);
    await settle();
    post.retry();
    await settle();
    expect(asked).toBe(1);
  });
});
