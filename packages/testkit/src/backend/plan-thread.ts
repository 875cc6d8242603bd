import { parentPort, workerData } from 'node:worker_threads';
import type { OpenSession, SessionPlan, TensorMap } from '@qualm/types';

/** What a thread that opens a session by a plan is told. */
export interface PlanThreadData extends Pick<SessionPlan, 'module' | 'options'> {
  readonly inputs: TensorMap;
  readonly outputs: readonly string[];
}

const { module, options, inputs, outputs } = workerData as PlanThreadData;
const { open } = (await import(module)) as { readonly open: OpenSession };
const first = await open(options);
const session = await open(options, first.info);
const results = await session.run(inputs, outputs);
await session.dispose();
await first.dispose();
const transfer = Object.values(results).map(({ data }) => data.buffer as ArrayBuffer);
parentPort!.postMessage({ info: session.info, results }, transfer);
