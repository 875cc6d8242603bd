import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLines } from '../src/input/read-lines.ts';

const signal = new AbortController().signal;

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(Readable.from(chunks), 'the list', signal)) lines.push(line);
  return lines;
}

it('readLines(stream) are the lines of the text, wherever its chunks end, but the empty ones', async () => {
  const piece = fc.constantFrom('a', 'é', '図', '\u{1f40e}', ' ', '\r\n', '\n');
  await fc.assert(
    fc.asyncProperty(fc.array(piece), fc.array(fc.nat(40)), async (pieces, cuts) => {
      const text = pieces.join('');
      const bytes = Buffer.from(text);
      const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((end, at) => bytes.subarray(edges[at], end));
      expect(await linesOf(chunks)).toEqual(text.split(/\r?\n/).filter((line) => line !== ''));
    }),
  );
});

it('readLines(stream) gives a line before the next one comes, and closes what is not read to its end', async () => {
  const stream = new PassThrough();
  const lines = readLines(stream, 'the list', signal);
  stream.write('a.jpg\nb');
  expect(await lines.next()).toEqual({ done: false, value: 'a.jpg' });
  stream.write('.jpg\n');
  expect(await lines.next()).toEqual({ done: false, value: 'b.jpg' });
  await lines.return();
  expect(stream.destroyed).toBe(true);
});

it('readLines(stream) says what is no text, also in the middle', async () => {
  await expect(linesOf([Buffer.from('\ufeffa', 'utf16le')])).rejects.toThrow('the list: it is UTF-16, expected text');
  await expect(linesOf([Buffer.from('a\n'), Uint8Array.of(0xff, 0x0a)])).rejects.toThrow('the list: it is not UTF-8');
});

it('readLines(stream) stops waiting when it is told to', async () => {
  const stop = new AbortController();
  const waiting = readLines(new PassThrough(), 'the list', stop.signal).next();
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
});
