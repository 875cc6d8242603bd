import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { QualmError } from '@qualm/types';
import { toyAffine, toySlow } from '../toys/toy-models.ts';
import { affineInput, rejection, slowInput } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

/** The end of a model. */
export function disposeCases({ vitest, toys, backend, program, repeats }: ToyBench): void {
  const { expect, test } = vitest;

  test('dispose() waits for the runs in flight', async () => {
    const model = await backend().load({ model: toys().slow });
    const runs = Array.from({ length: model.concurrency + 1 }, (_, i) => model.run(slowInput(i)));
    let settled = 0;
    for (const run of runs) void run.then(() => settled++);
    await model.dispose();
    expect(settled).toBe(runs.length);
    const wanted = runs.map((_, i) => toySlow(slowInput(i)['x']!.data as Float32Array, repeats));
    expect((await Promise.all(runs)).map(({ y }) => y!.data)).toEqual(wanted);
  });

  test('outputs outlive dispose()', async () => {
    const model = await backend().load({ model: toys().affine });
    const { y } = await model.run(affineInput([1, 2, 3]));
    await model.dispose();
    expect(y!.data).toEqual(toyAffine([1, 2, 3]));
  });

  test('run(inputs) is refused after dispose(), which may be called twice', async () => {
    const model = await backend().load({ model: toys().affine });
    await Promise.all([model.dispose(), model.dispose()]);
    await model.dispose();
    const error = await rejection(model.run(affineInput([1, 2, 3])));
    expect(QualmError.is(error), String(error)).toBe(true);
    expect((error as Error).message).toContain('dispose');
  });

  test('a backend loads again after its model was disposed of', async () => {
    for (const x of [1, 2]) {
      const model = await backend().load({ model: toys().affine });
      expect((await model.run(affineInput([x, x, x])))['y']!.data).toEqual(toyAffine([x, x, x]));
      await model.dispose();
    }
  });

  test.runIf(program)('nothing keeps a process alive after dispose()', async () => {
    const script = `
      import { ${program!.factory} as create } from ${JSON.stringify(program!.module)};
      const model = await create(${JSON.stringify(program!.options ?? {})}).load({ model: ${JSON.stringify(toys().affine)} });
      const { y } = await model.run({ x: { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, 2, 3) } });
      await model.dispose();
      console.log([...y.data].join());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 60_000,
    });
    expect(stdout).toBe(`${[...toyAffine([1, 2, 3])].join()}\n`);
  });
}
