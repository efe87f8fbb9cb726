import { describe, expect, it } from 'vitest';
import { groupNumber } from '../src/format/number';

describe('a phone number', () => {
  it.each([
    ['+8613800138000', '138 0013 8000'],
    ['+862168861234', '021 6886 1234'],
    ['+861068861234', '010 6886 1234'],
    ['+8675582101234', '0755 8210 1234'],
    ['+863162221234', '0316 222 1234'],
    ['+864008001234', '400 800 1234'],
    ['4008001234', '400 800 1234'],
    ['95588', '95588'],
    ['10086', '10086'],
    ['1001', '1001'],
    ['+442071838750', '+44 20 7183 8750'],
    ['+447700900123', '+44 7700 900 123'],
    ['+441134960123', '+44 113 496 0123'],
    ['+14155550123', '+1 415 555 0123'],
    ['+4930123456', '+49 3012 3456'],
    ['+85291234567', '+852 9123 4567'],
    ['+79161234567', '+7 916 123 4567'],
  ])('%s reads %s at home in China', (number, shown) => {
    expect(groupNumber(number, '86')).toBe(shown);
  });

  it.each([
    ['+8613800138000', '+86 138 0013 8000'],
    ['+862168861234', '+86 21 6886 1234'],
    ['+864008001234', '+86 400 800 1234'],
  ])('%s reads %s abroad', (number, shown) => {
    expect(groupNumber(number)).toBe(shown);
  });

  it('keeps every digit and its order, whatever its length', () => {
    for (let length = 1; length <= 100; length++) {
      const number = `+${'1234567890'.repeat(10).slice(0, length)}`;
      expect(groupNumber(number, '86').replaceAll(' ', '')).toBe(number);
    }
  });

  it('shows what is no number as it is', () => {
    expect(groupNumber('sip:someone@example.org')).toBe('sip:someone@example.org');
    expect(groupNumber('')).toBe('');
  });
});
