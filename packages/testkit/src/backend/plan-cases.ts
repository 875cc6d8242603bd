import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SessionInfo, TensorMap } from '@qualm/types';
import { toyAffine } from '../toys/toy-models.ts';
import type { PlanThreadData } from './plan-thread.ts';
import { affineInput } from './toy-bench.ts';
import type { ToyBench } from './toy-bench.ts';

const entry = new URL('../../dist/backend/plan-thread.js', import.meta.url);

interface Answer {
  readonly info: SessionInfo;
  readonly results: TensorMap;
}

/** Sessions that a thread of others opens, where a backend plans them. */
export function planCases({ vitest, toys, backend, withModel }: ToyBench): void {
  const { expect, test } = vitest;

  test('planSessions(files), where there is one, gives what a thread of others opens and runs a session by', () =>
    withModel(toys().affine, async (model) => {
      const plan = await backend().planSessions?.({ model: toys().affine });
      if (!plan) return expect(backend().planSessions).toBeUndefined();
      const { module, options } = plan;
      const { info, results } = await answerOf({ module, options, inputs: affineInput([1, 2, 3]), outputs: ['y'] });
      expect(results['y']!.data).toEqual(toyAffine([1, 2, 3]));
      const { device, inputs, outputs } = model;
      expect(info).toMatchObject({ device, inputs, outputs });
      expect(info.sessions).toBe(model.concurrency);
    }));
}

/** In a thread of its own, so that what a runtime leaves in one stays out of the tests'. */
async function answerOf(workerData: PlanThreadData): Promise<Answer> {
  const worker = new Worker(entry, { workerData, execArgv: [], stdout: true, stderr: true });
  try {
    return ((await once(worker, 'message')) as [Answer])[0];
  } finally {
    await worker.terminate();
  }
}
