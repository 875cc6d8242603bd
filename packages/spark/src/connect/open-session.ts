import { QualmError } from '@qualm/types';
import { InterruptRequest_InterruptType, SparkConnectService } from '../generated/spark/connect/base_pb.ts';
import type { ConnectOptions } from './connect-options.ts';
import { createResult } from './create-result.ts';
import { createServer } from './create-server.ts';
import { executePlan } from './execute-plan.ts';
import type { ExecuteOptions, Plan } from './execute-plan.ts';
import type { Server } from './server.ts';
import { sessionError } from './session-error.ts';
import type { SparkAddress } from './spark-address.ts';
import type { SparkResult, SparkSession } from './spark-session.ts';
import { sqlPlan } from './sql-plan.ts';
import { createUploads } from './upload.ts';

const { analyzePlan, interrupt, releaseSession } = SparkConnectService.method;
/** Milliseconds that a server has for what takes it no work. */
const patience = 10_000;
const defaultTimeout = 30_000;

/** A session on the server at an address, which has answered.
 * @throws QualmError `access-denied`, `spark-unavailable`, `unsupported`, `aborted`
 */
export async function openSession(address: SparkAddress, options: ConnectOptions): Promise<SparkSession> {
  const server = createServer(address, options);
  try {
    const { version, serverSessionId } = await greet(server, options);
    return createSession(server, version, serverSessionId);
  } catch (error) {
    server.client.close();
    throw error;
  }
}

async function greet(
  server: Server,
  { signal, timeout = defaultTimeout }: ConnectOptions,
): Promise<Pick<SparkSession, 'version' | 'serverSessionId'>> {
  try {
    const request = { ...server.identity(), analyze: { case: 'sparkVersion', value: {} } } as const;
    const response = await server.calls.one(analyzePlan, request, { signal, timeout });
    server.see(response);
    if (response.result.case !== 'sparkVersion')
      throw new QualmError(
        'unsupported',
        `connect: ${server.name} does not say its version; it needs Spark 3.5 or newer`,
      );
    return { version: response.result.value.version, serverSessionId: response.serverSideSessionId || null };
  } catch (error) {
    if (signal?.aborted) throw new QualmError('aborted', `connect: ${server.name}: stopped`, { cause: signal.reason });
    throw await sessionError(error, server, 'connect');
  }
}

function createSession(server: Server, version: string, serverSessionId: string | null): SparkSession {
  const closing = new AbortController();
  const uploads = createUploads(server, serverSessionId, closing.signal);
  let interrupting = new AbortController();
  let closed: Promise<void> | null = null;
  const assertOpen = (): void => {
    if (closed) throw new QualmError('aborted', `sql: the session on ${server.name} is closed; connect anew`);
  };
  return {
    version,
    serverSessionId,
    async sql(text, options = {}) {
      const plan = sqlPlan(text, options.parameters, version);
      assertOpen();
      return runStatement(server, plan, {
        ...options,
        closing: AbortSignal.any([closing.signal, interrupting.signal]),
      });
    },
    async uploadFile(source, options) {
      assertOpen();
      return uploads.file(source, options);
    },
    async uploadArchive(source, options) {
      assertOpen();
      return uploads.archive(source, options);
    },
    async interrupt() {
      assertOpen();
      // Ours one by one, each when it can be cancelled; then those of clients that share the
      // session.
      interrupting.abort();
      interrupting = new AbortController();
      await server.settled();
      await interruptAll(server);
    },
    close() {
      closed ??= close(server, closing);
      return closed;
    },
  };
}

/** Commands are done by the first plan, and what they give is read as any rows are. */
async function runStatement(server: Server, plan: Plan, options: ExecuteOptions): Promise<SparkResult> {
  let relation: Extract<NonNullable<Plan['opType']>, { case: 'root' }>['value'] | undefined;
  for await (const { responseType } of executePlan(server, plan, options)) {
    if (responseType.case === 'sqlCommandResult') relation = responseType.value.relation;
  }
  if (!relation) throw new QualmError('query-failed', `sql: ${server.name} gave no result of the statement`);
  return createResult(executePlan(server, { opType: { case: 'root', value: relation } }, options));
}

async function interruptAll(server: Server): Promise<void> {
  const request = { ...server.identity(), interruptType: InterruptRequest_InterruptType.ALL };
  try {
    await server.calls.one(interrupt, request, { timeout: patience });
  } catch (error) {
    throw await sessionError(error, server, 'interrupt');
  }
}

/** A server that is gone has nothing to be freed. */
async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort(new QualmError('aborted', 'the session was closed'));
  await server.settled();
  await server.calls.one(releaseSession, server.identity(), { timeout: patience }).catch(() => undefined);
  server.client.close();
}
