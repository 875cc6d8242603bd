import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';

/* Runs every TypeScript block of docs/strategies and compares each line that states its result:
 * `margin([0.5, 0.25]); // 0.25`. The result is written as JavaScript, with a remark after a
 * semicolon if need be; a number with decimals holds to the last one written, any other exactly. */

const folder = join(import.meta.dirname, '../../../docs/strategies');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
/** Pages that need no example: a contract, and a table of measurements. */
const withoutExamples = ['README.md', 'precision-and-speed.md'];
const statesResult = /^(?!\s*(?:import|const|let|export)\b)(\s*)(\S.*); \/\/ (.+)$/gm;

describe.each(pages)('docs/strategies/%s', (page) => {
  const text = readFileSync(join(folder, page), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);

  it.skipIf(withoutExamples.includes(page))('the examples give what they say', async () => {
    let stated = 0;
    const check = (got: unknown, wanted: string): void => {
      stated++;
      expect(primitives(got), `${page}: ${wanted}`).toEqual(expectedPrimitives(wanted));
    };
    for (const code of blocks) await run(code, check);
    expect(stated, `${page}: lines that state a result`).toBeGreaterThan(0);
  });
});

async function run(code: string, check: (got: unknown, wanted: string) => void): Promise<void> {
  const checked = code.replaceAll(statesResult, (_, indent: string, expression: string, wanted: string) => {
    return `${indent}__check(${expression}, ${JSON.stringify(wanted)});`;
  });
  const { code: plain } = await transform(checked, { loader: 'ts', format: 'esm', target: 'es2022' });
  const body = plain
    .replaceAll(/^import \{(.*?)\} from (".*?");$/gm, (_, names: string, from: string) => {
      return `const {${names.replaceAll(' as ', ': ')}} = await __import(${from});`;
    })
    .replaceAll(/^export /gm, '');
  const importModule = (name: string): Promise<unknown> => import(name);
  await (Function('__check', '__import', `return (async () => {${body}})()`) as (...a: unknown[]) => Promise<void>)(
    check,
    importModule,
  );
}

/** The numbers, texts and truth values of a value, in order. */
function primitives(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [value];
  const parts = Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.values(value);
  return parts.flatMap(primitives);
}

function expectedPrimitives(text: string): unknown[] {
  const literal = text.split('; ')[0]!.replaceAll(/\b\w+Array (?=\[)/g, '');
  const values = primitives(Function(`return (${literal})`)());
  const numbers = [...literal.replaceAll(/'[^']*'|\w+:/g, '').matchAll(/-?\d+(\.\d+)?(e[-+]?\d+)?/g)];
  return values.map((value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return value;
    const [, decimals = ''] = numbers.shift()!;
    return decimals ? expect.closeTo(value, decimals.length - 1) : value;
  });
}
