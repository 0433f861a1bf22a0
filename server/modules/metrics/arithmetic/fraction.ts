/** An exact quotient of two integers; `den` is never negative and never zero. */
export type Fraction = { readonly num: bigint; readonly den: bigint };

/** Throws RangeError when `den` is zero: an empty ratio is `null`, never a Fraction. */
export function fraction(num: number | bigint, den: number | bigint = 1n): Fraction {
  const n = BigInt(num);
  const d = BigInt(den);
  if (d === 0n) throw new RangeError('A fraction needs a denominator other than zero');
  return d < 0n ? { num: -n, den: -d } : { num: n, den: d };
}

/** The decimal a person wrote, exactly: 62.5 becomes 625/10, not the nearest binary number. */
export function fractionOfDecimal(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
  const [mantissa = '0', exponent = '0'] = String(value).toLowerCase().split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return power >= 0 ? fraction(digits * 10n ** BigInt(power)) : fraction(digits, 10n ** BigInt(-power));
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den);
}

/** `null` when the divisor is zero. */
export function divide(a: Fraction, b: Fraction): Fraction | null {
  return b.num === 0n ? null : fraction(a.num * b.den, a.den * b.num);
}

export function scale(a: Fraction, factor: number): Fraction {
  return fraction(a.num * BigInt(factor), a.den);
}

/** Nearest double; exact for whole numbers below 2^53 and within half a unit in the last place else. */
export function toNumber(a: Fraction): number {
  const whole = a.num / a.den;
  const rest = a.num % a.den;
  return Number(whole) + Number(rest) / Number(a.den);
}

/** Rounds half away from zero to whole units of 10^-decimals: roundScaled(23/8, 1) = 29n. */
export function roundScaled(a: Fraction, decimals: number): bigint {
  const top = (a.num < 0n ? -a.num : a.num) * 10n ** BigInt(decimals);
  const rounded = (2n * top + a.den) / (2n * a.den);
  return a.num < 0n ? -rounded : rounded;
}

/** Fixed decimals, ASCII minus: formatFixed(-25/2, 0) = "-13". */
export function formatFixed(a: Fraction, decimals: number): string {
  const scaled = roundScaled(a, decimals);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return a.num < 0n ? `-${text}` : text;
}

/** As formatFixed, with a plus before values above zero. */
export function formatSigned(a: Fraction, decimals: number): string {
  return a.num > 0n ? `+${formatFixed(a, decimals)}` : formatFixed(a, decimals);
}
