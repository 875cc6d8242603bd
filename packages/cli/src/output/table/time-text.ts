import type { ValueType } from './value-type.ts';

/** True for a time of day, which DuckDB has in microseconds since midnight. */
export function isTime(type: ValueType): boolean {
  return type.kind === 'plain' && type.name === 'TIME';
}

/** A time of day as ISO 8601 has it.
 * @example timeText(3_723_000_000) // '01:02:03'
 */
export function timeText(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = microseconds % 1e6;
  const end = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${end}`;
}
