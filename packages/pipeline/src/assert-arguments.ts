import { assertText, hasFunctions, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what came and what is wanted. */
export function assertModel(where: string, value: unknown): void {
  if (hasFunctions(value, 'run', 'dispose')) return;
  throw wrongArgument(where, 'its model', value, 'what loadModel gives: await loadModel(...)');
}

export function assertRowError(where: string, value: unknown): void {
  if (typeof (value as { code?: unknown } | null | undefined)?.code === 'string') return;
  throw wrongArgument(where, 'its error', value, 'the error of a row: { code, message }');
}

/** Anything to go over, but text, of which each letter would be an image. */
export function assertImages(where: string, value: unknown): void {
  const found = Object(value) as { [Symbol.iterator]?: unknown; [Symbol.asyncIterator]?: unknown };
  const goes = typeof found[Symbol.iterator] === 'function' || typeof found[Symbol.asyncIterator] === 'function';
  if (goes && typeof value !== 'string') return;
  throw wrongArgument(
    where,
    'its images',
    value,
    "a list or source of images, such as ['a.jpg'] or await openFolder('photos')",
  );
}

export function assertResolved(where: string, value: unknown): void {
  const wanted = "what readModelSpec gives: await readModelSpec('model.json')";
  assertObject(where, 'its model', value, wanted);
  const { spec, root } = value as { spec?: unknown; root?: unknown };
  assertObject(where, 'spec', spec, `that of ${wanted}`);
  if (typeof (spec as { files?: { model?: unknown } }).files?.model !== 'string')
    throw new RangeError(`${where}: spec has no files.model; wanted that of ${wanted}`);
  assertText(where, 'root', root);
}

export function assertSink(where: string, value: unknown): void {
  if (hasFunctions(value, 'write', 'close', 'abort')) return;
  throw wrongArgument(where, 'its sink', value, 'one of createParquetSink, createNdjsonSink or createMemorySink');
}

export function assertObject(where: string, name: string, value: unknown, wanted: string): void {
  if (typeof value === 'object' && value !== null) return;
  throw wrongArgument(where, name, value, wanted);
}
