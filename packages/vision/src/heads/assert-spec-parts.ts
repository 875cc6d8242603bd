import { assertOptions, hasLabels, headFaults, QualmError } from '@qualm/types';
import type { Heads, ModelSpec } from '@qualm/types';

/** For callers without types, and for specs that nothing checked before.
 * @param where the function that was called, for messages.
 * @throws QualmError `spec-invalid`
 */
export function assertSpecParts(
  where: string,
  spec: Pick<ModelSpec, 'head' | 'input'> & Partial<Pick<ModelSpec, 'labels'>>,
  heads: Heads,
): void {
  const wanted = "what readModelSpec gives: (await readModelSpec('model.json')).spec";
  assertOptions(where, spec, wanted, 'its spec');
  const { head, labels, input } = spec;
  assertOptions(where, head, "{ type: 'yolox', ... }", 'head of its spec');
  assertOptions(where, input, '{ size: { width: 416, height: 416 }, ... }', 'input of its spec');
  assertOptions(where, input.size, '{ width: 416, height: 416 }', 'input.size of its spec');
  const faults = headFaults(where, heads, head);
  if (faults.length > 0) throw invalid(head.type, faults.slice(0, 5).join('; '));
  if (labels?.length === 0 && hasLabels(head.type, heads))
    throw invalid(head.type, 'labels is empty; list one label for each foreground class');
}

function invalid(type: unknown, message: string): QualmError {
  return new QualmError('spec-invalid', `head ${String(type)}: ${message}`);
}
