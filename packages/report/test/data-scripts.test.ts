import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataScripts } from '../src/page-source.ts';

const partsOf = (html: string): string[] =>
  [...html.matchAll(/<script type="application\/json"(?: id="data")?>([^<]*)<\/script>/g)].map(([, part]) => part!);

describe('dataScripts(json)', () => {
  it('is one script of little, the first of much, and never half of a character', () => {
    expect(dataScripts('{}')).toBe('<script type="application/json" id="data">{}</script>');
    const longest = 2 ** 18 + 1;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 * 2 ** 17 }), (before, count) => {
        const json = 'a'.repeat(before) + '😀'.repeat(count);
        const html = dataScripts(json);
        const parts = partsOf(html);
        expect(parts.join('')).toBe(json);
        expect(html.match(/id="data"/g)).toHaveLength(1);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(longest);
        for (const part of parts) expect(Buffer.from(part).toString()).toBe(part);
      }),
      { numRuns: 20 },
    );
  });
});
