import { draftModelSpec } from '@qualm/draft';
import type { Draft, DraftOptions } from '@qualm/draft';

/** Types alone: a model and its backends come from elsewhere. */
export async function draft(path: string, options: DraftOptions): Promise<Draft['hypotheses'][0]['spec']> {
  const { hypotheses } = await draftModelSpec(path, options);
  return hypotheses[0].spec;
}

const vision = {
  createPreprocessor: () => {
    throw new Error('not called');
  },
  createHead: () => {
    throw new Error('not called');
  },
};
await draftModelSpec('missing.onnx', { backends: {}, vision }).catch((error: Error) => console.log(error.message));
