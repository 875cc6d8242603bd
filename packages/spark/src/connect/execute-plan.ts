import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { QualmError } from '@qualm/types';
import { InterruptRequest_InterruptType, SparkConnectService } from '../generated/spark/connect/base_pb.ts';
import type {
  ExecutePlanResponse,
  ExecutePlanResponse_ExecutionProgress,
  PlanSchema,
} from '../generated/spark/connect/base_pb.ts';
import { CallFailure } from './call-failure.ts';
import type { Server } from './server.ts';
import { sessionError } from './session-error.ts';
import type { SparkProgress, SparkSqlOptions } from './spark-session.ts';
import { createStallWatch } from './stall-watch.ts';

export type Plan = MessageInitShape<typeof PlanSchema>;

/** How a plan is executed. */
export interface ExecuteOptions extends Pick<SparkSqlOptions, 'signal' | 'onProgress' | 'stallTimeout'> {
  /** Ends everything that a session executes. */
  readonly closing: AbortSignal;
}

const { executePlan: execute, reattachExecute, releaseExecute, interrupt } = SparkConnectService.method;
const notThere = /INVALID_HANDLE\.OPERATION_NOT_FOUND/;
/** Milliseconds that a server has to hear that a statement is over. */
const patience = 10_000;
const defaultStall = 60_000;
const mostRestarts = 5;
/** Milliseconds between interrupts of a statement that goes on. */
const interruptEvery = 300;
/** Milliseconds in which a statement may come to its tasks before it is interrupted: Spark (4.3)
 * cancels the jobs that are there, and a job that its planner starts a moment later runs to its end
 * with nobody to stop it. Spark says how far it is every two seconds.
 */
const planningPatience = 5000;

/** The responses to a plan, each once, over as many connections as it takes: where one is lost, the
 * server goes on from the last response that came. Leaving early cancels the plan.
 * @throws QualmError `aborted`, `access-denied`, `query-failed`, `query-invalid`,
 * `spark-unavailable`
 */
export async function* executePlan(
  server: Server,
  plan: Plan,
  { signal: given, closing, onProgress, stallTimeout = defaultStall }: ExecuteOptions,
): AsyncGenerator<ExecutePlanResponse, void, undefined> {
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, closing, ...(given ? [given] : [])]);
  const operationId = randomUUID();
  const retries = server.retries(signal);
  const release = createRelease(server, operationId);
  const watch = createStallWatch(stallTimeout, () => own.abort(stalled(server, stallTimeout)));
  let lastResponseId = '';
  let isFirst = true;
  let restarts = 0;
  let isComplete = false;
  const call = new AbortController();
  const ending = new AbortController();
  const started = new AbortController();
  const onAbort = (): void => {
    const either = AbortSignal.any([started.signal, ending.signal]);
    const stopped = pause(planningPatience, either).then(() => stop(server, operationId, ending.signal));
    server.aside(stopped.finally(() => call.abort()));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    while (!isComplete) {
      const options = { requestOption: { case: 'reattachOptions', value: { reattachable: true } } } as const;
      const responses = isFirst
        ? server.calls.many(
            execute,
            { ...server.identity(), operationId, plan, requestOptions: [options] },
            { signal: call.signal },
          )
        : server.calls.many(
            reattachExecute,
            { ...server.identity(), operationId, ...(lastResponseId && { lastResponseId }) },
            { signal: call.signal },
          );
      isFirst = false;
      try {
        for await (const response of responses) {
          server.see(response);
          retries.gotFurther();
          lastResponseId = response.responseId;
          const { case: kind, value } = response.responseType;
          if (kind === 'executionProgress') {
            const progress = progressOf(value);
            watch.see(progress);
            if (progress.tasks > 0) started.abort();
            onProgress?.(progress);
            continue;
          }
          watch.reset();
          if (kind === 'arrowBatch') started.abort();
          if (kind === 'resultComplete') isComplete = true;
          // What comes after an abort is read to see the end.
          else if (!signal.aborted) yield response;
          if (kind === 'arrowBatch') release.until(lastResponseId);
        }
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        // The first call has not come there.
        isFirst = lastResponseId === '' && notThere.test(error.message) && restarts++ < mostRestarts;
        if (!isFirst) await retries.wait(error);
      }
    }
    signal.throwIfAborted();
  } catch (error) {
    if (own.signal.aborted) throw own.signal.reason;
    if (signal.aborted) {
      const what = QualmError.is(signal.reason) ? 'the session was closed' : 'the statement was cancelled';
      throw new QualmError('aborted', `sql: ${what}`, { cause: signal.reason });
    }
    throw await sessionError(error, server, 'sql');
  } finally {
    ending.abort();
    watch.reset();
    signal.removeEventListener('abort', onAbort);
    release.all();
  }
}

function progressOf({ stages, numInflightTasks }: ExecutePlanResponse_ExecutionProgress): SparkProgress {
  const all = stages.map(({ stageId, numTasks, numCompletedTasks, inputBytesRead, done }) => ({
    id: Number(stageId),
    tasks: Number(numTasks),
    completedTasks: Number(numCompletedTasks),
    inputBytes: Number(inputBytesRead),
    isDone: done,
  }));
  const sum = (of: (stage: (typeof all)[number]) => number): number => all.reduce((sum, stage) => sum + of(stage), 0);
  return {
    tasks: sum(({ tasks }) => tasks),
    completedTasks: sum(({ completedTasks }) => completedTasks),
    runningTasks: Number(numInflightTasks),
    stages: all,
  };
}

function stalled({ name }: Server, timeout: number): QualmError {
  return new QualmError(
    'spark-unavailable',
    `sql: ${name} has no executor that takes a task since ${timeout / 1000} s; ` +
      'check that its workers are up; where other work keeps them busy, raise stallTimeout',
  );
}

/** Interrupts a statement until it has ended. */
async function stop({ calls, identity }: Server, operationId: string, ended: AbortSignal): Promise<void> {
  const interruptType = InterruptRequest_InterruptType.OPERATION_ID;
  const request = { ...identity(), interruptType, interrupt: { case: 'operationId', value: operationId } } as const;
  const until = performance.now() + patience;
  while (!ended.aborted && performance.now() < until) {
    await calls.one(interrupt, request, { timeout: patience }).catch(() => undefined);
    await pause(interruptEvery, ended);
  }
}

/** Waits so many milliseconds, or until the signal. */
async function pause(delay: number, signal: AbortSignal): Promise<void> {
  await sleep(delay, undefined, { signal }).catch(() => undefined);
}

/** Tells the server what it need not keep: at most one call is on its way. */
function createRelease(server: Server, operationId: string): { until(responseId: string): void; all(): void } {
  let isBusy = false;
  let next: string | null = null;
  const send = (release: ReleaseOf): Promise<unknown> => {
    const request = { ...server.identity(), operationId, release };
    return server.calls.one(releaseExecute, request, { timeout: patience });
  };
  const run = async (): Promise<void> => {
    isBusy = true;
    while (next !== null) {
      const responseId: string = next;
      next = null;
      await send({ case: 'releaseUntil', value: { responseId } }).catch(() => undefined);
    }
    isBusy = false;
  };
  return {
    until(responseId) {
      next = responseId;
      if (!isBusy) server.aside(run());
    },
    all() {
      next = null;
      server.aside(send({ case: 'releaseAll', value: {} }));
    },
  };
}

type ReleaseOf =
  | { readonly case: 'releaseUntil'; readonly value: { readonly responseId: string } }
  | { readonly case: 'releaseAll'; readonly value: Record<string, never> };
