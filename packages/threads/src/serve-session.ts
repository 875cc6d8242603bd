import { workerData } from 'node:worker_threads';
import { assertFunction, wrongArgument } from '@qualm/types';
import type { OpenSession, Session, SessionInfo, TensorMap } from '@qualm/types';
import type { ThreadStart } from './messages.ts';
import type { Parcel } from './parcel.ts';
import { serveThread } from './serve-thread.ts';
import type { ThreadService } from './serve-thread.ts';
import type { SessionRequest, SessionStart } from './session-messages.ts';

/** What an entry makes of the session of its thread, beside runs. */
export type UseSession<Data, Request, Answer> = (
  session: Session,
  data: Data,
) => (request: Request) => Promise<Parcel<Answer>>;

/** Answers the runs of the pool that started this thread on the plan's module, which exports the
 * same `open`. Does nothing where another entry imported that module.
 * @example await serveSession(async ({ model }) => ({ info, run, dispose }));
 */
export async function serveSession<Options>(open: OpenSession<Options>): Promise<void> {
  assertFunction('serveSession', 'its open', open, 'a function: async (options) => ({ info, run, dispose })');
  const start = (workerData as Partial<ThreadStart> | null)?.data as SessionStart | undefined;
  if (start?.isAlone !== true) return;
  await serveThread(async ({ options, first }: SessionStart) => serviceOf(await open(options as Options, first)));
}

/** Opens the session that the pool's plan says, and answers its runs, and by `use` every other
 * request: the whole of the entry that `createSessionPool` was given.
 * @example serveSessionWith((session) => async (x) => ({ value: await session.run({ x }, ['y']) }))
 */
export async function serveSessionWith<Data, Request, Answer>(use: UseSession<Data, Request, Answer>): Promise<void> {
  assertFunction('serveSessionWith', 'its use', use, 'a function: (session, data) => async (request) => ({ value })');
  await serveThread(async ({ module, options, first, data }: SessionStart) => {
    const { open } = (await import(module)) as { readonly open: OpenSession };
    const session = await open(options, first);
    return serviceOf(session, use(session, data as Data) as (request: unknown) => Promise<Parcel<unknown>>);
  });
}

function serviceOf(
  session: Session,
  answer: (request: unknown) => Promise<Parcel<unknown>> = nothingElse,
): ThreadService<SessionRequest, unknown, SessionInfo> {
  assertSession(session);
  return {
    info: session.info,
    answer: async (request) => {
      if ('ask' in request) return answer(request.ask);
      return packOutputs(await session.run(request.inputs, request.outputs));
    },
    dispose: () => session.dispose(),
  };
}

function assertSession(session: Partial<Session> | null | undefined): void {
  if (session?.info && session.run && session.dispose) return;
  throw wrongArgument('open', 'its session', session, 'an object of info, run, dispose');
}

function packOutputs(value: TensorMap): Parcel<TensorMap> {
  const buffers = new Set(Object.values(value).map(({ data }) => data.buffer));
  return { value, transfer: [...buffers].filter((buffer) => buffer instanceof ArrayBuffer) };
}

function nothingElse(): Promise<never> {
  return Promise.reject(new TypeError('this thread answers runs alone'));
}
