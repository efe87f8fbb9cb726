import { describe, expect, it } from 'vitest';
import { answerByItself } from '../src/phone/auto-answer';
import { settle } from './hand-timers';

describe('a call that is answered by itself', () => {
  it('is answered after its tone, not before', async () => {
    let heard = (): void => {};
    const done: string[] = [];
    answerByItself(new Promise((over) => (heard = over)), () => done.push('rings'), () => done.push('answered'));
    await settle();
    expect(done).toEqual([]);
    heard();
    await settle();
    expect(done).toEqual(['answered']);
  });

  it('is not answered when the caller gave up during the tone', async () => {
    let heard = (): void => {};
    const done: string[] = [];
    const prevent = answerByItself(new Promise((over) => (heard = over)), () => done.push('rings'), () => done.push('answered'));
    prevent();
    heard();
    await settle();
    expect(done).toEqual([]);
  });

  it('rings like any other where the browser keeps the tone silent', async () => {
    const done: string[] = [];
    answerByItself(null, () => done.push('rings'), () => done.push('answered'));
    await settle();
    expect(done).toEqual(['rings']);
  });
});
