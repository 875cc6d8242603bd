import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'evaluation',
    platform: 'browser',
    conditions: ['@qualm/source'],
    minify: true,
  });
  return outputFiles[0]!.text;
}

it('bundled for browsers, runs where there is nothing but the language', async () => {
  const context = createContext(Object.create(null) as object);
  runInContext(await bundle(`export * from ${JSON.stringify(entry)}`), context);
  const boxes = '{ boxes: Float32Array.of(0, 0, 9, 9), labelIds: [1], scores: [0.9] }';
  expect(runInContext(`evaluation.match(${boxes}, ${boxes})[0].iou`, context)).toBe(1);
  expect(runInContext(`evaluation.averagePrecision([${boxes}], [${boxes}]).mean`, context)).toBe(1);
  expect(runInContext('evaluation.brierScore(Float64Array.of(0.5), [1], 1)', context)).toBe(0.25);
  expect(runInContext('evaluation.cohensKappa([0, 0, 1, 1], [0, 1, 1, 1], 2)', context)).toBe(0.5);
});

it('who imports match alone bundles no label errors', async () => {
  const code = await bundle(`export { match } from ${JSON.stringify(entry)}`);
  expect(code).not.toMatch(/labelQuality|fitTemperature|averagePrecision/);
  expect(code.length).toBeLessThan(4000);
});

it('what Node imports is one file of less than 100 kB, which imports packages of ours alone', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../dist/bundle/index.js', import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
  });
  const imported = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  expect([...new Set(imported)].sort()).toEqual(['@qualm/types', '@qualm/types/rows']);
  expect(outputFiles[0]!.contents.length).toBeLessThan(100_000);
});
