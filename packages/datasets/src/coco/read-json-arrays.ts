import { createReadStream } from 'node:fs';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { createArrayScanner } from './array-scanner.ts';

/** What is to be done with some consecutive elements of a top-level array. */
export type ElementsHandler = (elements: readonly unknown[]) => void;

/** Reads a file that is one JSON object, at nearly the speed of JSON.parse but of any size:
 * elements of the named top-level arrays are handed over about 256 KiB of text at a time, and the
 * rest of the object is what comes back, with `[]` in their place.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it is not one JSON
 * object.
 */
export async function readJsonArrays(
  path: string,
  handlers: Readonly<Record<string, ElementsHandler>>,
): Promise<Record<string, unknown>> {
  const scanner = createArrayScanner(handlers);
  const stream = createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    for await (const chunk of stream) scanner.push(chunk as Buffer);
  } catch (cause) {
    throw cause instanceof SyntaxError ? notJson(path, cause) : await ioError('read', path, cause);
  }
  try {
    return scanner.finish();
  } catch (cause) {
    throw notJson(path, cause as Error);
  }
}

function notJson(path: string, cause: Error): QualmError {
  return new QualmError('dataset-invalid', `read: "${path}" is not a JSON object (${cause.message}); check the file`, {
    cause,
  });
}
