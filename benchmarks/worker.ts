import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import * as vision from '@qualm/vision';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx benchmarks/worker.ts <spec.json> <image> [images]
 * CPU seconds of a `qualm-worker` that reads so many lines, of its start, and of predictStream over
 * the same images in this process, with one session each: what the lines cost. CPU, not the clock:
 * it is the same on a busy machine. */
const [spec = '', image = '', given = '200'] = process.argv.slice(2);
const images = Number(given);
const repeats = 5;
const program = resolve(import.meta.dirname, '../packages/worker/bin/qualm-worker.js');

/** CPU seconds of the process, as the system counts them at its end. */
async function workerSeconds(count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-worker-cpu-'));
  const times = join(folder, 'times');
  const line = `${JSON.stringify({ id: '1', image: resolve(image) })}\n`;
  await writeFile(join(folder, 'requests'), line.repeat(count));
  const shell = `"${process.execPath}" "${program}" --model "${resolve(spec)}" < "${folder}/requests" > /dev/null; times > "${times}"`;
  await once(spawn('bash', ['-c', shell], { stdio: 'inherit' }), 'close');
  const children = (await readFile(times, 'utf8')).trim().split('\n')[1]!;
  await rm(folder, { recursive: true });
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * Number(m) + Number(s), 0);
}

/** CPU seconds of the images alone, once the model is warm. */
async function streamSeconds(): Promise<number> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 1, threads: 1 }) };
  const model = await loadModel(await readModelSpec(spec), { backends, vision });
  const run = async (count: number): Promise<void> => {
    for await (const row of predictStream(
      Array.from({ length: count }, () => image),
      model,
    ))
      if (row.error) throw new Error(row.error.message);
  };
  await run(5);
  const before = process.cpuUsage();
  await run(images);
  const { user, system } = process.cpuUsage(before);
  await model.dispose();
  return (user + system) / 1e6;
}

async function repeated(measure: () => Promise<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let time = 0; time < repeats; time++) found.push(await measure());
  return found.sort((a, b) => a - b).map((seconds) => Number(seconds.toFixed(3)));
}

const start = await repeated(() => workerSeconds(1));
const whole = await repeated(() => workerSeconds(images + 1));
const stream = await repeated(streamSeconds);
const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)]!;
const perImage = (seconds: number): number => Number(((1000 * seconds) / images).toFixed(2));
const result = {
  images,
  secondsOfCpu: { startAndOneImage: start, startAndAllImages: whole, inProcess: stream },
  millisecondsAnImage: { worker: perImage(median(whole) - median(start)), inProcess: perImage(median(stream)) },
};
console.log(result);
writeResult('worker', { node: process.version }, result);
