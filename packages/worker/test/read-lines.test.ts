import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../src/lines/read-lines.ts';

async function linesOf(chunks: readonly Uint8Array[], maxBytes?: number): Promise<string[]> {
  async function* input(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const found: string[] = [];
  for await (const line of readLines(input(), maxBytes)) found.push(line);
  return found;
}

describe('readLines(input)', () => {
  it('gives the same lines wherever chunks begin', async () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ').replace(/^\ufeff/, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(40)), async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const ends = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = ends.slice(1).map((end, at) => bytes.subarray(ends[at], end));
        expect(await linesOf(chunks)).toEqual(lines);
      }),
    );
  });

  it('gives a last line without its end, and no line for nothing', async () => {
    expect(await linesOf([Buffer.from('a\nb')])).toEqual(['a', 'b']);
    expect(await linesOf([Buffer.from('a\n')])).toEqual(['a']);
    expect(await linesOf([])).toEqual([]);
  });

  it('refuses a line that is too long as soon as it is, and one that is not UTF-8', async () => {
    await expect(linesOf([Buffer.from('ab\n'), Buffer.from('abc'), Buffer.from('de')], 4)).rejects.toMatchObject({
      code: 'request-invalid',
      message: "line 2 is longer than 4 bytes; send the image's path instead",
    });
    await expect(linesOf([Uint8Array.of(0xc3, 10)])).rejects.toMatchObject({ message: 'line 1 is not UTF-8' });
  });
});
