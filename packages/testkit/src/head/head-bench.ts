import { createTensor, QualmError } from '@qualm/types';
import type {
  Head,
  OutputForm,
  HeadOptions,
  HeadSpec,
  ImageGeometry,
  Label,
  ModelSpec,
  Tensor,
  TensorMap,
} from '@qualm/types';
import type { HeadSuite } from './head-suite.ts';

/** What every group of cases works with. */
export interface HeadBench extends HeadSuite {
  readonly labels: readonly Label[];
  /** The outputs as they were given, which no head has seen. */
  readonly untouched: TensorMap;
  /** The forms that it gives; detections at least. */
  readonly forms: readonly OutputForm[];
  /** An image as large as the input. */
  readonly geometry: ImageGeometry;
  /** Makes the head anew, of these options and so many labels. */
  make<Form extends OutputForm>(
    form: Form,
    changes?: { readonly options?: HeadSpec; readonly numLabels?: number; readonly minScore?: number },
  ): Head<Form>;
}

export function createBench(suite: HeadSuite): HeadBench {
  const { head, size, createHead, numLabels } = suite;
  // Ids that are not places, so that one is not taken for the other.
  const labels = Array.from({ length: numLabels }, (_, place) => ({ id: 10 * place + 3, name: `class ${place}` }));
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const input: ModelSpec['input'] = {
    ...{ size, layout: 'nchw', dtype: 'float32', channels: 'rgb' },
    resize: { mode: 'stretch' },
  };
  return {
    ...suite,
    labels,
    forms: head.forms ?? ['detections', 'class_scores'],
    untouched: changed(suite.outputs, (value) => value),
    geometry,
    make(form, { options = suite.options, numLabels: count = numLabels, minScore = 0 } = {}) {
      const spec = { head: options, labels: labels.slice(0, count), input };
      const headOptions: HeadOptions = { minScore };
      return createHead(spec, form, { ...headOptions, heads: { [head.type]: head } });
    },
  };
}

/** Copies of the outputs, with numbers changed by their place. */
export function changed(outputs: TensorMap, change: (value: number, index: number) => number): TensorMap {
  return mapped(outputs, ({ shape, data }) =>
    createTensor('float32', shape, Float32Array.from(data as Float32Array, change)),
  );
}

/** Outputs for a batch of images: those of each, one after the other. */
export function batched(images: readonly TensorMap[]): TensorMap {
  return mapped(images[0]!, ({ shape }, name) => {
    const numbers = images.flatMap((image) => [...(image[name]!.data as Float32Array)]);
    return createTensor('float32', [images.length, ...shape.slice(1)], Float32Array.from(numbers));
  });
}

export function mapped(outputs: TensorMap, change: (tensor: Tensor, name: string) => Tensor): TensorMap {
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, change(tensor, name)]));
}

/** The message of the QualmError of that code which the call throws; empty where it throws none or
 * another.
 */
export function refusal(code: QualmError['code'], call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return QualmError.is(error, code) ? error.message : '';
  }
  return '';
}
