import { QualmError } from '@qualm/types';

/** The longest line that is read, in bytes: an image of 190 MB in base64. */
export const maxLineBytes: number = 256 * 2 ** 20;

/** The lines of a stream of bytes, ended by `\n` alone; the last may lack it. U+2028 and lone `\r`
 * are part of a line.
 * @throws QualmError `request-invalid` for a line of more than `maxBytes`, or that is not UTF-8.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  maxBytes: number = maxLineBytes,
): AsyncGenerator<string, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  const add = (part: Uint8Array): void => {
    length += part.length;
    if (length > maxBytes) throw invalid(line, `is longer than ${maxBytes} bytes; send the image's path instead`);
    if (part.length > 0) parts.push(part);
  };
  const take = (): string => {
    const text = decode(parts, line++);
    parts = [];
    length = 0;
    return text;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

function decode(parts: readonly Uint8Array[], line: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(parts.length === 1 ? parts[0] : Buffer.concat(parts));
  } catch (cause) {
    throw invalid(line, 'is not UTF-8', cause);
  }
}

function invalid(line: number, what: string, cause?: unknown): QualmError {
  return new QualmError('request-invalid', `line ${line} ${what}`, { cause });
}
