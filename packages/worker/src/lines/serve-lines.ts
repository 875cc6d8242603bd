import type { Writable } from 'node:stream';
import { assertFunctions, assertIterable, assertOptions, wrongArgument } from '@qualm/types';
import type { WorkerRequest } from '@qualm/types';
import type { Worker } from '../worker.ts';
import { createLineWriter, WriteEndError } from './line-writer.ts';
import type { WriteEnd } from './line-writer.ts';
import { parseRequest } from './parse-request.ts';
import { maxLineBytes, readLines } from './read-lines.ts';

/** Where lines come from and go to. */
export interface ServeLinesOptions {
  readonly worker: Worker;
  /** Bytes of requests, one JSON object a line: `process.stdin`. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Where answers go, one JSON object a line: `process.stdout`. It is not ended. */
  readonly output: Writable;
  /** Seconds that `output` may take nothing before it counts as left; 180 by default. */
  readonly stall?: number;
  /** The longest line that is read; 256 MiB by default. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** How serving lines ended. */
export interface ServedLines {
  /** `input`: every line was read and answered. `closed`: the reader of the answers has gone.
   * `stalled`: it has read nothing for too long. */
  readonly end: 'input' | WriteEnd;
  readonly answered: number;
}

/** Seconds without a reader before a worker gives up. */
export const defaultStall = 180;

/** Answers each line of `input` with a line on `output`, in order, until the input ends.
 * @throws QualmError `request-invalid` for a line without an id to answer to; what the worker
 * throws.
 * @example (await serveLines({ worker, input: process.stdin, output: process.stdout })).end // 'input'
 */
export async function serveLines(options: ServeLinesOptions): Promise<ServedLines> {
  assertOptions('serveLines', options, '{ worker, input: process.stdin, output: process.stdout }');
  const { worker, input, output, stall = defaultStall, maxBytes = maxLineBytes, signal } = options;
  assertFunctions('serveLines', 'its worker', worker, ['answers'], 'what openWorker gives');
  assertIterable('serveLines', 'its input', input, 'bytes, such as process.stdin', 'any');
  assertFunctions('serveLines', 'its output', output, ['write', 'once'], 'a stream, such as process.stdout');
  if (!(typeof stall === 'number' && stall > 0)) throw wrongArgument('serveLines', 'stall', stall, 'seconds above 0');
  const writer = createLineWriter(output, stall * 1000);
  let answered = 0;
  const answers = worker.answers(requestsOf(input, maxBytes), { signal });
  try {
    for (let next = await answers.next(); !next.done; next = await answers.next()) {
      await writer.write(`${JSON.stringify(next.value)}\n`);
      answered++;
    }
    await writer.finish();
    return { end: 'input', answered };
  } catch (error) {
    // Not waited for: the input may stay open, and without a line, for ever.
    answers.return().catch(() => {});
    if (error instanceof WriteEndError) return { end: error.end, answered };
    throw error;
  }
}

async function* requestsOf(input: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<WorkerRequest> {
  let line = 0;
  for await (const text of readLines(input, maxBytes)) yield parseRequest(text, ++line);
}
