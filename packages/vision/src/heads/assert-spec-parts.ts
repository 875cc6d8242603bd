import { assertArray, assertOptions, headFaults, QualmError } from '@qualm/types';
import type { Heads, ModelSpec } from '@qualm/types';

/** For callers without types, and for specs that nothing checked before.
 * @throws QualmError `spec-invalid`
 */
export function assertSpecParts(spec: Pick<ModelSpec, 'head' | 'labels' | 'input'>, heads: Heads): void {
  const wanted = "what readModelSpec gives: (await readModelSpec('model.json')).spec";
  assertOptions('createHead', spec, wanted, 'its spec');
  const { head, labels, input } = spec;
  assertOptions('createHead', head, "{ type: 'yolox', ... }", 'head of its spec');
  assertOptions('createHead', input, '{ size: { width: 416, height: 416 }, ... }', 'input of its spec');
  assertOptions('createHead', input.size, '{ width: 416, height: 416 }', 'input.size of its spec');
  assertArray('createHead', 'labels of its spec', labels, "an array, such as [{ id: 1, name: 'person' }]");
  const faults = headFaults('createHead', heads, head);
  if (faults.length > 0) throw invalid(head.type, faults.slice(0, 5).join('; '));
  if (labels.length === 0) throw invalid(head.type, 'labels is empty; list one label for each foreground class');
}

function invalid(type: unknown, message: string): QualmError {
  return new QualmError('spec-invalid', `head ${String(type)}: ${message}`);
}
