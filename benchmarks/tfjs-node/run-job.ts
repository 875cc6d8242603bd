import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { createTensor } from '@qualm/types';
import type { Tensor } from '@qualm/types';
import type { Job, Pass, Ready } from './job.ts';

/* Usage: tsx benchmarks/tfjs-node/run-job.ts JOB.json */

/** The outputs of one image, in the order of the job. */
type Run = (image: Tensor) => Promise<readonly Float32Array[]>;

/** What of tfjs-node runs a SavedModel. */
interface TfjsNode {
  readonly node: { loadSavedModel(folder: string): Promise<SavedModel> };
  tensor(data: Int32Array, shape: readonly number[], dtype: 'int32'): Disposable;
  readonly version: Readonly<Record<string, string>>;
  backend(): { readonly binding: { readonly TF_Version: string } };
}

interface Disposable {
  dispose(): void;
}

interface SavedModel {
  predict(
    inputs: Readonly<Record<string, Disposable>>,
  ): Readonly<Record<string, Disposable & { dataSync(): Float32Array }>>;
}

const job = JSON.parse(await readFile(process.argv[2]!, 'utf8')) as Job;
const images = await readImages();
const run = job.runtime === 'saved-model' ? await wholeGraph() : await ofBackend();
await writeOutputs();
say({ versions: versions() });
createInterface({ input: process.stdin })
  .on('line', () => void pass().then(say))
  .on('close', () => process.exit());

async function readImages(): Promise<Tensor[]> {
  const { buffer, byteOffset, byteLength } = await readFile(job.images);
  const values = new Int32Array(buffer, byteOffset, byteLength / 4);
  const size = job.shape.reduce((product, side) => product * side, 1);
  return Array.from({ length: values.length / size }, (_, at) =>
    createTensor('int32', job.shape, values.slice(at * size, (at + 1) * size)),
  );
}

async function ofBackend(): Promise<Run> {
  const { runtime, resolveFrom, inFlight, model: path, input, outputs } = job;
  const backend = createTfjsBackend({
    sessions: inFlight,
    ...(runtime === 'node' ? { runtime, resolveFrom } : { runtime: 'wasm' as const }),
  });
  const model = await backend.load({ model: path });
  return async (image) => {
    const found = await model.run({ [input]: image }, { outputs });
    return outputs.map((name) => found[name]!.data as Float32Array);
  };
}

/** The same library without TF.js's operations: one call for each image. */
async function wholeGraph(): Promise<Run> {
  const tf = tfjsNode();
  const model = await tf.node.loadSavedModel(job.model);
  return async ({ data, shape }) => {
    const input = tf.tensor(data as Int32Array, shape, 'int32');
    const found = model.predict({ input });
    const values = job.outputs.map((_, at) => found[`output${at}`]!.dataSync());
    for (const tensor of [input, ...Object.values(found)]) tensor.dispose();
    return values;
  };
}

function tfjsNode(): TfjsNode {
  return createRequire(join(job.resolveFrom, 'index.js'))('@tensorflow/tfjs-node') as TfjsNode;
}

async function writeOutputs(): Promise<void> {
  const file = createWriteStream(job.found);
  for (const image of images)
    for (const { buffer, byteOffset, byteLength } of await run(image))
      file.write(new Uint8Array(buffer, byteOffset, byteLength));
  await finished(file.end());
}

async function pass(): Promise<Pass> {
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  const left = images.values();
  const lane = async (): Promise<void> => {
    for (const image of left) await run(image);
  };
  await Promise.all(Array.from({ length: job.inFlight }, lane));
  const { user, system } = process.cpuUsage(cpuBegan);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function versions(): Ready['versions'] {
  if (job.runtime !== 'saved-model') return {};
  const tf = tfjsNode();
  return { 'tfjs-node': tf.version['tfjs-node']!, libtensorflow: tf.backend().binding.TF_Version };
}

function say(answer: Ready | Pass): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
