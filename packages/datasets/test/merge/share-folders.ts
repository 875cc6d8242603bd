import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createParquetSink, openImages, readImageStates, shareOf } from '@qualm/datasets';
import type { Shared } from '@qualm/datasets';
import type { ImageList, OutputForm } from '@qualm/types';
import { examplePrediction, labels } from '../predictions/example-predictions.ts';

/** What example runs may be told. */
export interface ExampleRun {
  readonly form?: OutputForm;
  readonly names?: readonly string[];
  readonly model?: string;
  readonly rowsPerShard?: number;
  /** Rows that are written before the run is stopped. */
  readonly stopAfter?: number;
}

/** `image 0.jpg`, ... */
export function exampleNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `image ${index}.jpg`);
}

/** Writes a run over all images, whose predictions depend on their names alone. */
export async function writeWhole(folder: string, run: ExampleRun = {}): Promise<string> {
  return write(folder, openImages(run.names ?? exampleNames(300)), run);
}

/** Writes one share of such a run. */
export async function writeShare(folder: string, index: number, count: number, run: ExampleRun = {}): Promise<string> {
  return write(folder, shareOf(openImages(run.names ?? exampleNames(300)), { index, count }), run);
}

/** Writes all shares of such a run, into `<folder>/<index>`. */
export async function writeShares(folder: string, count: number, run: ExampleRun = {}): Promise<string[]> {
  const folders: string[] = [];
  for (let index = 1; index <= count; index++)
    folders.push(await writeShare(join(folder, String(index)), index, count, run));
  return folders;
}

async function write(folder: string, source: ImageList & Partial<Shared>, run: ExampleRun): Promise<string> {
  const { form = 'detections', model = 'toy', rowsPerShard = 16, stopAfter = Infinity } = run;
  const images = await readImageStates(source);
  const identity = { parts: { model }, images, ...(source.share && { share: source.share }) };
  const sink = await createParquetSink(folder, { form, labels, identity, rowsPerShard });
  let written = 0;
  for (const { image_id } of source) {
    if (written++ >= stopAfter) break;
    const number = Number(/\d+/.exec(String(image_id))?.[0] ?? 0);
    await sink.write({ ...examplePrediction(form, number), image_id });
  }
  await (written > stopAfter ? sink.abort() : sink.close());
  return folder;
}

/** The files of a folder by name. */
export async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return new Map(await Promise.all(files));
}
