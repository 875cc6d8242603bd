import type { BackendModel } from '@qualm/types';

/** The outputs of a model in one line. @example outputWords(model) // '"output0" float32 [1,84,8400]' */
export function outputWords({ outputs }: Pick<BackendModel, 'outputs'>): string {
  return outputs.map(({ name, dtype, shape }) => `"${name}" ${dtype} [${shape.map((side) => side ?? '*')}]`).join(', ');
}
