import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { UsageError } from '../terminal/exit-code.ts';
import { assertNotInterrupted } from '../terminal/interrupted.ts';
import { textOf } from './read-text.ts';

const newline = 0x0a;

/** The lines of a stream of UTF-8, each as soon as it is whole, without those that are empty.
 * The stream is closed when reading stops.
 * @param name what the stream is, for errors.
 * @throws UsageError for other text; QualmError `aborted` by the signal.
 */
export async function* readLines(
  stream: NodeJS.ReadableStream,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const decode = createLineDecoder(name);
  for await (const bytes of lineBytes(stream, signal)) {
    const line = decode(bytes);
    if (line !== '') yield line;
  }
}

async function* lineBytes(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of addAbortSignal(signal, stream as Readable)) {
      rest = Buffer.concat([rest, Buffer.from(chunk as Buffer)]);
      let from = 0;
      for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline, from)) {
        yield rest.subarray(from, end);
        from = end + 1;
      }
      rest = rest.subarray(from);
    }
  } catch (error) {
    assertNotInterrupted(signal);
    throw error;
  }
  yield rest;
}

/** The first line says what the whole is, if not text: UTF-16, a web page. */
function createLineDecoder(name: string): (bytes: Buffer) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isFirst = true;
  return (bytes) => {
    const first = isFirst;
    isFirst = false;
    try {
      return (first ? textOf(bytes, name) : decoder.decode(bytes)).replace(/\r$/, '');
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      throw new UsageError(`${name}: it is not UTF-8; save it as UTF-8`, { cause });
    }
  };
}
