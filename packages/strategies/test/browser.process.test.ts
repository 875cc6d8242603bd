import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { kCenterGreedy } from '../src/index.ts';

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'strategies',
    platform: 'browser',
    conditions: ['@qualm/source'],
    minify: true,
  });
  return outputFiles[0]!.text;
}

it('bundled for browsers, runs where there is nothing but the language', async () => {
  const code = await bundle(`export * from ${JSON.stringify(entry)}`);
  const context = createContext(Object.create(null) as object);
  runInContext(code, context);
  expect(runInContext('strategies.entropy([0.5, 0.5])', context)).toBeCloseTo(Math.LN2, 15);
  expect(runInContext('strategies.margin.scoreRows(Float32Array.of(0.5, 0.25), 2)[0]', context)).toBe(0.25);
  // No atob here, so the kernels cannot be decoded and the plain form does the work.
  const large = 'new Float32Array(40000).fill(0.25)';
  expect(runInContext(`strategies.margin.scoreRows(${large}, 4)[9999]`, context)).toBe(0);
  expect(runInContext(`strategies.entropy.scoreRows(${large}, 4)[9999]`, context)).toBeCloseTo(Math.log(4), 12);
  const rows = `{ matrix: Float32Array.from({ length: 40000 }, (_, i) => i * i % 9973), dimensions: 4 }`;
  const inContext = runInContext(`[...strategies.kCenterGreedy(${rows}, { count: 9 }).rows].join()`, context) as string;
  const matrix = Float32Array.from({ length: 40000 }, (_, i) => (i * i) % 9973);
  expect(inContext).toBe(kCenterGreedy({ matrix, dimensions: 4 }, { count: 9 }).rows.join());
});

it('who imports margin alone bundles no entropy', async () => {
  const code = await bundle(`export { margin } from ${JSON.stringify(entry)}`);
  expect(code).not.toContain('entropy');
  // 1.7 kB of it are the kernel for large matrices and what compiles it.
  expect(code.length).toBeLessThan(4700);
});

it('what Node imports are two files of less than 250 kB, which import packages of ours alone', async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../dist/bundle/index.js', import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const imported = imports.filter(({ external }) => external).map(({ path }) => path);
  expect([...new Set(imported)].sort()).toEqual(['@qualm/evaluation', '@qualm/types', '@qualm/types/rows']);
  expect(outputFiles[0]!.contents.length).toBeLessThan(250_000);
});
