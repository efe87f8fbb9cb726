/** An amount in the currency's smallest unit, as people write it: ¥1,280. */
export function money(minor: number, currency: string, language: string): string {
  try {
    const style = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    const digits = style.resolvedOptions().maximumFractionDigits ?? 2;
    const amount = minor / 10 ** digits;
    const whole = Number.isInteger(amount);
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...(whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}),
    }).format(amount);
  } catch {
    return `${minor / 100} ${currency}`;
  }
}
