import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelSpec } from '@qualm/pipeline';
import { createTensor, Image } from '@qualm/types';
import type { ImageGeometry, Tensor, TensorMap } from '@qualm/types';
import { createHead, createPreprocessor } from '@qualm/vision';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { HeadShare } from './head-shares.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/* Usage: tsx --conditions @qualm/source benchmarks/heads/beside-session.ts <model> <data> <images>
 *
 * Prints how long the head takes beside the model whose outputs it reads, a `HeadShare` in JSON:
 * medians over photographs. */
const [name = '', data = '', images = ''] = process.argv.slice(2);
const photographs = join(data, 'coco-val2017/images');
const files = readdirSync(photographs).slice(0, Number(images));
const share = await shareOf(
  name,
  join(data, 'models'),
  files.map((file) => join(photographs, file)),
);
console.log(JSON.stringify(share));

async function shareOf(name: string, root: string, images: readonly string[]): Promise<HeadShare> {
  const { spec } = await readModelSpec(here(`../../examples/models/${name}.json`), { root });
  const session = await InferenceSession.create(join(root, spec.files.model), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const head = createHead(spec, 'class_scores');
  const batch = preprocessor.allocate(1);
  const [runs, firsts, seconds]: [number[], number[], number[]] = [[], [], []];
  for (const [at, image] of images.entries()) {
    const geometry = await preprocessor.fill(Image.fromUri(image), batch, 0);
    const started = performance.now();
    const outputs = await run(session, spec.input.name ?? session.inputNames[0]!, batch, head.outputs);
    const decode = (): unknown => head.decode(outputs, [geometry satisfies ImageGeometry]);
    const ran = performance.now();
    decode();
    const decoded = performance.now();
    decode();
    const again = performance.now();
    // As in a run over thousands of images, code is compiled to its end.
    warmUp(decode, at === 0 ? 1000 : 30);
    if (at === 0) continue;
    runs.push(ran - started);
    firsts.push(decoded - ran);
    seconds.push(again - decoded);
  }
  await preprocessor.dispose?.();
  const [own, theirs] = [median(seconds), median(runs)];
  return { name, session: theirs, decode: own, share: own / theirs, first: median(firsts) };
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

function warmUp(work: () => unknown, milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) work();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
