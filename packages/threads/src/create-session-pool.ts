import { existsSync } from 'node:fs';
import { assertOptions, fileLeftBehind, wrongArgument } from '@qualm/types';
import type { BackendModel, SessionInfo, SessionPlan, TensorMap } from '@qualm/types';
import { checkRun } from './check-run.ts';
import { createExitGuard } from './exit-guard.ts';
import { createThreadPool } from './create-thread-pool.ts';
import { packTensors } from './pack-tensors.ts';
import type { Parcel } from './parcel.ts';
import type { SessionRequest, SessionStart } from './session-messages.ts';

/** Sessions of one model, each in a thread of its own. */
export interface SessionPool extends BackendModel {
  /** Whether runs compute on the core of their thread and nowhere else. */
  readonly isOnThread: boolean;
  /** What the entry of your own answers, in whichever thread is free first.
   * @throws QualmError as `run` does, and what the entry throws.
   */
  ask<Request, Answer>(request: Request, options?: { readonly signal?: AbortSignal | undefined }): Promise<Answer>;
}

/** How threads use their session beside running it. */
export interface SessionPoolOptions {
  /** The built file that each thread runs, which calls `serveSessionWith`; by default the plan's
   * module.
   */
  readonly entry?: URL | string;
  /** What a user can do where a bundler left `entry` behind. */
  readonly entryAdvice?: string;
  /** What the entry gets beside the session, cloned. */
  readonly data?: unknown;
  /** Gives up starting. */
  readonly signal?: AbortSignal | undefined;
}

const guard = createExitGuard();

/** A model whose sessions are opened by a plan, in as many threads as the first of them says, so
 * that its caller is never blocked.
 * @throws QualmError what the plan's `open` throws; `backend-unavailable` where its module or the
 * entry is not there; `aborted`.
 */
export async function createSessionPool(plan: SessionPlan, options: SessionPoolOptions = {}): Promise<SessionPool> {
  assertOptions('createSessionPool', plan, "{ name: 'mine', module: import.meta.resolve('./session.js') }", 'its plan');
  assertModule(plan.module);
  assertOptions('createSessionPool', options, '{ entry, data, signal }');
  const { name, module, silent = false } = plan;
  const { entry, entryAdvice = plan.moduleAdvice, data, signal } = options;
  assertThere(plan);
  const start = (first?: SessionInfo): SessionStart => {
    return { module, options: plan.options, first, isAlone: entry === undefined, data };
  };
  const pool = await createThreadPool<SessionRequest, unknown, SessionInfo>({
    entry: entry ?? new URL(module),
    ...(entryAdvice !== undefined && { entryAdvice }),
    ...{ name, silent, signal, guard, pack },
    threads: ({ sessions }) => sessions,
    workerData: start,
  });
  const { device, inputs, outputs, warnings, isOnThread } = pool.info;
  const all = outputs.map((output) => output.name);
  return {
    ...{ device, inputs, outputs, warnings, isOnThread },
    concurrency: pool.size,
    async run(tensors, { signal, outputs: wanted = all } = {}) {
      checkRun(inputs, tensors, wanted);
      return (await pool.run({ inputs: tensors, outputs: wanted }, { signal })) as TensorMap;
    },
    ask: async <Request, Answer>(request: Request, { signal }: { signal?: AbortSignal | undefined } = {}) =>
      (await pool.run({ ask: request }, { signal })) as Answer,
    dispose: () => pool.dispose(),
  };
}

function assertModule(module: unknown): void {
  if (typeof module === 'string' && URL.canParse(module)) return;
  const wanted = "the URL of a built module, such as new URL('./session.mjs', import.meta.url).href";
  throw wrongArgument('createSessionPool', 'module', module, wanted);
}

function assertThere({ name, module, moduleAdvice: advice }: SessionPlan): void {
  if (!module.startsWith('file:') || existsSync(new URL(module))) return;
  const file = { where: name, file: 'the file of its worker thread', place: module, advice };
  throw fileLeftBehind('backend-unavailable', file);
}

function pack(request: SessionRequest): Parcel<SessionRequest> {
  if ('ask' in request) return { value: request };
  const { value: inputs, transfer } = packTensors(request.inputs);
  return { value: { inputs, outputs: request.outputs }, transfer };
}
