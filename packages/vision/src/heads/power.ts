/** A power of float32 numbers, within 2^-50 of it: the power of the number's exponent, times that
 * of a number near its mantissa, times five terms of the binomial series for what is left.
 * @see Tang 1989, "Table-driven implementation of the exponential function in IEEE floating-point
 * arithmetic", for such tables
 * @example createPower(0.5)(2.25) // 1.5
 */
export function createPower(exponent: number): (value: number) => number {
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  const { scales, inverses, powers, series } = powerTables(exponent);
  const [first, second, third, fourth, fifth] = series;

  return (value) => {
    float[0] = value;
    const word = bits[0]!;
    // Subnormal, zero, negative, infinite or NaN.
    if (word < 0x00800000 || word >= 0x7f800000) return value ** exponent;
    const step = (word >> 16) & (steps - 1);
    const r = (1 + (word & 0x7fffff) * 2 ** -23) * inverses[step]! - 1;
    const sum = 1 + first * r * (1 + second * r * (1 + third * r * (1 + fourth * r * (1 + fifth * r))));
    return scales[word >> 23]! * powers[step]! * sum;
  };
}

/** Of the mantissa, by its first seven bits. */
const steps = 128;

/** What powers are computed from, here and in WebAssembly. */
interface PowerTables {
  /** The power of each of a float's exponents. */
  readonly scales: Float64Array;
  /** One over the middle of each step of the mantissa. */
  readonly inverses: Float64Array;
  /** The power of that middle. */
  readonly powers: Float64Array;
  /** Each coefficient of the binomial series over the one before it. */
  readonly series: readonly [number, number, number, number, number];
}

export function powerTables(exponent: number): PowerTables {
  const near = Float64Array.from({ length: steps }, (_, step) => 1 + (step + 0.5) / steps);
  const term = (k: number): number => (exponent - k) / (k + 1);
  return {
    scales: Float64Array.from({ length: 256 }, (_, biased) => (2 ** (biased - 127)) ** exponent),
    inverses: near.map((mantissa) => 1 / mantissa),
    powers: near.map((mantissa) => mantissa ** exponent),
    series: [term(0), term(1), term(2), term(3), term(4)],
  };
}
