/** A number in three digits, for people to read; of what is nearer to 0 than a thousandth no more
 * than that is said, and what is not finite is a dash.
 * @example shortNumber(0.0041) // '0.00410'
 * @example shortNumber(4.07e-18) // '<0.001'
 */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (isTiny(value)) return value > 0 ? '<0.001' : '>-0.001';
  if (Math.abs(value) >= 1e15) return powerText(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Whether `shortNumber` says no more of a number than that it is near to 0. */
export function isTiny(value: number): boolean {
  return value !== 0 && Math.abs(value) < 0.001;
}

/** A number with its power of ten, as people write it, however near to 0 it is.
 * @param digits that count, 1..21. Default 3.
 * @example powerText(4.07e-18) // '4.07 × 10⁻¹⁸'
 */
export function powerText(value: number, digits = 3): string {
  const [factor = '', power = ''] = Number(value.toPrecision(digits)).toExponential().split('e');
  if (power === '+0') return factor;
  const raised = power.replace('+', '').replace(/[-\d]/g, (sign) => superscripts[sign]!);
  return factor === '1' ? `10${raised}` : `${factor} × 10${raised}`;
}

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁻', (raised, at) => ['0123456789-'[at]!, raised]),
);
