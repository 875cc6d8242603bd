import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { assertFunctions, QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import { registryToys } from './registry-toys.ts';
import type { RegistryToy } from './registry-toys.ts';
import type { RegistryBench, RegistrySuite } from './registry-suite.ts';

/** Declares the tests that every `ModelRegistry` passes, in Vitest's current file.
 * @see ModelRegistry in `@qualm/types`, whose words they check
 * @example testRegistry({ name: 'mine', vitest, open: () => openWithToys(registryToys()) })
 */
export function testRegistry(suite: RegistrySuite): void {
  assertFunctions('testRegistry', 'its suite', suite, ['open'], "{ name: 'mine', vitest, open }");
  const { name, vitest, open } = suite;
  assertFunctions('testRegistry', 'vitest', vitest, ['describe', 'test', 'expect'], "import * as vitest from 'vitest'");
  const { afterAll, beforeAll, describe, expect, test } = vitest;
  const toys = registryToys();

  describe(`${name} is a ModelRegistry`, () => {
    let bench: RegistryBench;
    beforeAll(async () => {
      bench = await open();
    });
    afterAll(() => bench?.dispose());

    async function expectToy(resolved: ResolvedModel, toy: RegistryToy): Promise<void> {
      const { spec, root } = resolved;
      expect({ ...spec, files: null }).toEqual({ ...toy.spec, files: null });
      expect(isAbsolute(root)).toBe(true);
      const file = join(root, spec.files.model);
      expect(relative(root, file)).not.toMatch(/^\.\./);
      expect(new Uint8Array(await readFile(file))).toEqual(toy.file);
    }

    async function expectError(asked: Promise<unknown>, code: QualmError['code']): Promise<QualmError> {
      const error: unknown = await asked.then(
        () => null,
        (failure: unknown) => failure,
      );
      expect(QualmError.is(error, code), String(error)).toBe(true);
      return error as QualmError;
    }

    test('resolve(uri) gives the spec and the files of the newer version, by its name, version and alias', async () => {
      for (const uri of bench.newer) await expectToy(await bench.registry.resolve(uri), toys.newer);
    });

    test('resolve(uri) of the older version gives that one', async () => {
      await expectToy(await bench.registry.resolve(bench.older), toys.older);
    });

    test('resolve(uri) at the same time gives each caller the same', async () => {
      const uris = [...bench.newer, ...bench.newer, bench.older];
      const resolved = await Promise.all(uris.map((uri) => bench.registry.resolve(uri)));
      for (const [index, model] of resolved.entries())
        await expectToy(model, index === uris.length - 1 ? toys.older : toys.newer);
    });

    test('resolve(uri) throws model-missing for what is not there, with the name', async () => {
      for (const uri of bench.missing) {
        const { message } = await expectError(bench.registry.resolve(uri), 'model-missing');
        expect(message).toContain(/^\w+:\/*([^/@]+)/.exec(uri)![1]);
      }
    });

    test('resolve(uri) throws unsupported for what is not a URI of its own', async () => {
      for (const uri of bench.malformed) await expectError(bench.registry.resolve(uri), 'unsupported');
    });

    test('resolve(uri) throws spec-invalid where the spec is wrong', async ({ skip }) => {
      if (bench.wrong === undefined) return skip();
      await expectError(bench.registry.resolve(bench.wrong), 'spec-invalid');
    });

    test('resolve(uri, { signal }) throws aborted, and resolves again without it', async () => {
      const reason = new Error('no longer wanted');
      const asked = bench.registry.resolve(bench.older, { signal: AbortSignal.abort(reason) });
      const { cause } = await expectError(asked, 'aborted');
      expect(cause).toBe(reason);
      await expectToy(await bench.registry.resolve(bench.older), toys.older);
    });
  });
}
