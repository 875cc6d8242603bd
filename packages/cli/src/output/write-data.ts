import { QualmError } from '@qualm/types';

/** Writes data and waits until it has left, so that a slow reader slows the writer down and memory
 * stays flat.
 * @throws QualmError `io` when it cannot be written: the reader has gone, the disk is full.
 */
export function writeData(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((done, fail) => {
    const failed = (cause: Error): void => fail(new QualmError('io', `stdout: ${cause.message}`, { cause }));
    stream.once('error', failed);
    stream.write(text, (error) => {
      // The event of a failed write comes after this, and must find a listener.
      if (error) return failed(error);
      stream.removeListener('error', failed);
      done();
    });
  });
}

/** Writes many small parts in pieces of 64 KiB. */
export async function writeParts(stream: NodeJS.WritableStream, parts: Iterable<string>): Promise<void> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < 1 << 16) continue;
    await writeData(stream, text);
    text = '';
  }
  if (text !== '') await writeData(stream, text);
}
