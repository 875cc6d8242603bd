import type { Writable } from 'node:stream';

/** Why lines can no longer be written: nobody has read for too long, or the reader has gone. */
export type WriteEnd = 'stalled' | 'closed';

/** Writes lines and waits for their reader. */
export interface LineWriter {
  /** Resolves as soon as there is room for more.
   * @throws WriteEndError when there will be none.
   */
  write(line: string): Promise<void>;
  /** Resolves when everything has been handed over. */
  finish(): Promise<void>;
}

/** The end of a writer, on its way to whoever serves lines. */
export class WriteEndError extends Error {
  override readonly name = 'WriteEndError';
  readonly end: WriteEnd;

  constructor(end: WriteEnd, options?: ErrorOptions) {
    super(end, options);
    this.end = end;
  }
}

/** A writer that gives up when its stream has taken nothing for `stallMs` milliseconds: a reader
 * that is no longer there may keep its end of a pipe open for ever.
 */
export function createLineWriter(output: Writable, stallMs: number): LineWriter {
  let failed: WriteEndError | null = null;
  let wake: (() => void) | null = null;
  const fail = (end: WriteEnd, cause?: unknown): void => {
    failed ??= new WriteEndError(end, { cause });
    wake?.();
  };
  output.on('error', (cause) => fail('closed', cause));
  output.on('close', () => fail('closed'));
  const waitFor = async (begin: (done: () => void) => void): Promise<void> => {
    if (failed) throw failed;
    const timer = setTimeout(() => fail('stalled'), stallMs);
    await new Promise<void>((done) => {
      wake = done;
      begin(done);
    });
    clearTimeout(timer);
    if (failed) throw failed;
  };
  return {
    async write(line) {
      if (failed) throw failed;
      if (!output.write(line)) await waitFor((done) => output.once('drain', done));
    },
    finish: () => waitFor((done) => output.write('', () => done())),
  };
}
