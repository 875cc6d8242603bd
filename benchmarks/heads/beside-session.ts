import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelSpec } from '@qualm/pipeline';
import { createTensor, Image } from '@qualm/types';
import type { ImageGeometry, Tensor, TensorMap } from '@qualm/types';
import { createHead, createPreprocessor } from '@qualm/vision';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** How long a head takes beside the model whose outputs it reads: medians over photographs. */
export interface HeadShare {
  readonly name: string;
  /** Milliseconds of a run on one thread. */
  readonly session: number;
  readonly decode: number;
  readonly share: number;
}

/** The examples' ONNX models on photographs, each with all scores of its boxes.
 * @param data the folder of models and photographs.
 */
export async function headShares(data: string, numImages: number): Promise<HeadShare[]> {
  const photographs = join(data, 'coco-val2017/images');
  const names = readdirSync(photographs).slice(0, numImages);
  const shares: HeadShare[] = [];
  for (const name of ['yolox-nano', 'nanodet-m', 'fastestdet', 'ssd-fpnlite'])
    shares.push(await shareOf(name, join(data, 'models'), names.map((file) => join(photographs, file)))); // prettier-ignore
  return shares;
}

async function shareOf(name: string, root: string, images: readonly string[]): Promise<HeadShare> {
  const { spec } = await readModelSpec(here(`../../examples/models/${name}.json`), { root });
  const session = await InferenceSession.create(join(root, spec.files.model), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const head = createHead(spec, 'class_scores');
  const batch = preprocessor.allocate(1);
  const [runs, decodes]: [number[], number[]] = [[], []];
  for (const image of images) {
    const geometry = await preprocessor.fill(Image.fromUri(image), batch, 0);
    const started = performance.now();
    const outputs = await run(session, spec.input.name ?? session.inputNames[0]!, batch, head.outputs);
    runs.push(performance.now() - started);
    decodes.push(decodeTime(() => head.decode(outputs, [geometry satisfies ImageGeometry])));
  }
  await preprocessor.dispose?.();
  const [own, theirs] = [median(decodes), median(runs)];
  return { name, session: theirs, decode: own, share: own / theirs };
}

async function run(
  session: InferenceSession,
  input: string,
  { dtype, shape, data }: Tensor,
  names: readonly string[],
): Promise<TensorMap> {
  const feeds = { [input]: new OnnxTensor(dtype as 'float32', data.slice() as Float32Array, shape) };
  const found = await session.run(feeds, [...names]);
  return Object.fromEntries(
    Object.entries(found).map(([name, one]) => [name, createTensor('float32', one.dims, one.data as Float32Array)]),
  );
}

/** The second of two calls: the first warms up. */
function decodeTime(decode: () => unknown): number {
  decode();
  const started = performance.now();
  decode();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
