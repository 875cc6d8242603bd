import { createReadStream } from 'node:fs';
import { ioError } from './io-error.ts';

/** The lines of a text file without their ends, a group for each piece that is read.
 * @throws QualmError `io`.
 */
export async function* lineGroups(path: string): AsyncGenerator<string[], void, undefined> {
  let rest = '';
  const pieces = createReadStream(path, 'utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
  try {
    for (let piece = await nextOf(path, pieces); !piece.done; piece = await nextOf(path, pieces)) {
      const lines = `${rest}${piece.value}`.split('\n');
      rest = lines.pop()!;
      yield lines;
    }
  } finally {
    await pieces.return?.();
  }
  if (rest !== '') yield [rest];
}

async function nextOf(path: string, pieces: AsyncIterator<string>): Promise<IteratorResult<string>> {
  return pieces.next().catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
}
