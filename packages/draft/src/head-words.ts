import type { HeadSpec } from '@qualm/types';

/** What sets a reading of the outputs apart: the head, and its options without the outputs' names.
 * @example headWords({ type: 'detr', outputs: { ... }, activation: 'sigmoid' }) // 'head detr, activation sigmoid'
 */
export function headWords({ type, outputs: _outputs, ...options }: HeadSpec & { readonly outputs?: unknown }): string {
  const words = Object.entries(options).map(([key, value]) => `${key} ${textOf(value)}`);
  return [`head ${type}`, ...words].join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
