import type { ModelSpec } from '@qualm/types';
import { encodeMeanColour, meanColourSpec } from '../toys/mean-colour.ts';

/** A model to register: its spec, and the bytes of its one file. */
export interface RegistryToy {
  readonly spec: ModelSpec;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** The toys that a registry has to hold for `testRegistry`: two versions of one model, which differ
 * in their spec and their file, and one whose spec has two labels of the same id.
 */
export function registryToys(): {
  readonly older: RegistryToy;
  readonly newer: RegistryToy;
  readonly wrong: RegistryToy;
} {
  const older = { ...meanColourSpec, description: 'the first', input: { ...meanColourSpec.input, batch: 1 } };
  const newer = { ...meanColourSpec, description: 'the second' };
  const labels = meanColourSpec.labels.map((label) => ({ ...label, id: 7 }));
  return {
    older: { spec: older, file: encodeMeanColour(1) },
    newer: { spec: newer, file: encodeMeanColour() },
    wrong: { spec: { ...newer, labels }, file: encodeMeanColour() },
  };
}
