import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** The body as the server meant it. Nothing asks for compression, and proxies compress all the
 * same.
 * @throws QualmError `registry-invalid` for an encoding that Node cannot read.
 */
export function decodeBody({ headers, body }: Dispatcher.ResponseData, address: string): Readable {
  const names = encodingsOf(headers);
  const unknown = names.find((name) => !decoders.has(name));
  if (unknown !== undefined) {
    body.on('error', () => undefined).destroy();
    throw new QualmError(
      'registry-invalid',
      `registry ${address}: its answer is compressed as "${unknown}", expected gzip, deflate, br or none; ` +
        'tell the proxy before it to leave answers as they are',
    );
  }
  // A pipeline of at least two; its end destroys all, and the last hears of errors.
  return names.reduceRight<Readable>((source, name) => pipeline(source, decoders.get(name)!(), () => undefined), body);
}

/** True where the bytes that come are not those of the file, so that lengths and ranges say nothing
 * of it.
 */
export function isEncoded(headers: Dispatcher.ResponseData['headers']): boolean {
  return encodingsOf(headers).length > 0;
}

function encodingsOf(headers: Dispatcher.ResponseData['headers']): string[] {
  const names = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
}
