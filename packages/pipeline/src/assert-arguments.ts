import { assertFunctions, assertIterable, assertObject, assertText, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what
 * came and what is wanted.
 */
export function assertModel(where: string, value: unknown): void {
  assertFunctions(where, 'its model', value, ['run', 'dispose'], 'what loadModel gives: await loadModel(...)');
}

/** Refuses a model that makes vectors, whose rows would be taken for boxes. */
export function assertImageModel(where: string, value: unknown): void {
  assertModel(where, value);
  const { form } = value as { form?: unknown };
  if (form === 'embedding')
    throw wrongArgument(
      where,
      'form of its model',
      form,
      'that of a model of loadModel; embedStream and embedTo take embedders',
    );
}

/** Refuses a model with boxes or class scores, whose rows would be stored as vectors. */
export function assertEmbedder(where: string, value: unknown): void {
  const wanted = 'what loadEmbedder gives: await loadEmbedder(...)';
  assertFunctions(where, 'its embedder', value, ['run', 'dispose'], wanted);
  const { form } = value as { form?: unknown };
  if (form !== 'embedding') throw wrongArgument(where, 'form of its embedder', form, `'embedding', as of ${wanted}`);
}

export function assertRowError(where: string, value: unknown): void {
  if (typeof (value as { code?: unknown } | null | undefined)?.code === 'string') return;
  throw wrongArgument(where, 'its error', value, 'the error of a row: { code, message }');
}

export function assertImages(where: string, value: unknown): void {
  const wanted = "a list or source of images, such as ['a.jpg'] or await openFolder('photos')";
  assertIterable(where, 'its images', value, wanted, 'any');
}

export function assertResolved(where: string, value: unknown): void {
  const wanted = "what readModelSpec gives: await readModelSpec('model.json')";
  assertObject(where, 'its model', value, wanted);
  const { spec, root } = value as { spec?: unknown; root?: unknown };
  assertObject(where, 'spec', spec, `that of ${wanted}`);
  if (typeof (spec as { files?: { model?: unknown } }).files?.model !== 'string')
    throw new RangeError(`${where}: spec has no files.model; expected that of ${wanted}`);
  assertText(where, 'root', root);
}

export function assertSink(
  where: string,
  value: unknown,
  wanted = 'one of createParquetSink, createNdjsonSink or createMemorySink',
): void {
  assertFunctions(where, 'its sink', value, ['write', 'close', 'abort'], wanted);
}
