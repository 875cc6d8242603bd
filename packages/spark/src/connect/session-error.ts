import { status } from '@grpc/grpc-js';
import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import { SparkConnectService } from '../generated/spark/connect/base_pb.ts';
import { CallFailure } from './call-failure.ts';
import type { Server } from './server.ts';
import { SparkError } from './spark-error.ts';

/** Milliseconds that a server has to say more of its error. */
const patience = 10_000;
const longestMessage = 4000;

/** An error of a call as ours, with all that Spark says of it. What is no failure of a call stays
 * what it is.
 * @param where what was called: `connect`, `sql`, `upload`.
 */
export async function sessionError(error: unknown, server: Server, where: string): Promise<unknown> {
  if (!(error instanceof CallFailure)) return error;
  const { info } = error;
  const said = info ? await saidBySpark(error, info, server) : null;
  return errorOf(error, said, `${where}: ${server.name}`, where);
}

function errorOf(failure: CallFailure, said: SparkError | null, place: string, where: string): QualmError {
  const { status: code, message } = failure;
  const as = (code: QualmErrorCode, text: string): QualmError => new QualmError(code, text, { cause: said ?? failure });
  if (code === status.UNAUTHENTICATED)
    return as(
      'access-denied',
      `${place} does not take the token: ${brief(message)}; it may have expired, or be missing`,
    );
  if (code === status.PERMISSION_DENIED)
    return as('access-denied', `${place} refuses: ${brief(message)}; ask whoever runs it for the right to use it`);
  if (/INVALID_HANDLE\.(SESSION|OPERATION)_/.test(message))
    return as('spark-unavailable', `${place} no longer has this session: ${brief(message)}; connect anew`);
  if (said) {
    if (said.errorClass?.startsWith('OPERATION_CANCELED'))
      return as('aborted', `${where}: the statement was cancelled`);
    return as(isOfText(said) ? 'query-invalid' : 'query-failed', `${where}: ${readable(said.message)}`);
  }
  if (code === status.UNAVAILABLE)
    return as(
      'spark-unavailable',
      `${place} cannot be reached: ${brief(message)}; check the address, and that the server runs`,
    );
  if (code === status.DEADLINE_EXCEEDED)
    return as('spark-unavailable', `${place} did not answer in time; check that a Spark Connect server is there`);
  if (code === status.UNIMPLEMENTED)
    return as(
      'unsupported',
      `${place} does not know this call: ${brief(message)}; it needs Spark Connect of Spark 3.5 or newer`,
    );
  return as('spark-unavailable', `${place} gave what is no answer of Spark Connect: ${brief(message)}`);
}

function isOfText({ exceptions }: SparkError): boolean {
  return exceptions.some((name) => /\.(AnalysisException|ParseException)$/.test(name));
}

/** Spark's own message and SQLSTATE, without the plan that it adds for those who build Spark. */
function readable(message: string): string {
  const [text = ''] = message.split(/;\n(?=['A-Z])/);
  return cut(text.trim());
}

/** Without what gRPC says of its own doing. */
function brief(message: string): string {
  const text = message
    .replace(/^No connection established\. (Last error: (Error: )?)?/, '')
    .replace(/ Resolution note: *$/, '')
    .replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)/, '');
  return cut(text.trim().replace(/\.+$/, ''));
}

function cut(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}...` : text;
}

/** The whole of an error, of which a status has the beginning. */
async function saidBySpark(
  failure: CallFailure,
  info: Readonly<Record<string, string>>,
  { calls, identity }: Server,
): Promise<SparkError> {
  const short = new SparkError(
    failure.message,
    {
      errorClass: info['errorClass'] ?? null,
      sqlState: info['sqlState'] ?? null,
      parameters: jsonOf(info['messageParameters']) as Record<string, string>,
      exceptions: Object.values(jsonOf(info['classes'])) as string[],
    },
    { cause: failure },
  );
  const { errorId } = info;
  if (errorId === undefined) return short;
  try {
    const request = { ...identity(), errorId };
    const { errors, rootErrorIdx } = await calls.one(SparkConnectService.method.fetchErrorDetails, request, {
      timeout: patience,
    });
    const root = errors[rootErrorIdx ?? 0];
    if (!root) return short;
    const causes = causesOf(errors, root);
    const named = [root, ...causes].find(({ sparkThrowable }) => sparkThrowable?.errorClass)?.sparkThrowable;
    const deepest = causes.at(-1)?.message ?? '';
    const message = root.message.includes(deepest) ? root.message : `${root.message}: ${deepest}`;
    return new SparkError(
      message || short.message,
      {
        errorClass: named?.errorClass ?? short.errorClass,
        sqlState: named?.sqlState ?? short.sqlState,
        parameters: named?.messageParameters ?? short.parameters,
        exceptions: root.errorTypeHierarchy,
      },
      { cause: failure },
    );
  } catch {
    // The first error is the one to tell.
    return short;
  }
}

interface LinkedError {
  readonly causeIdx?: number | undefined;
}

function causesOf<E extends LinkedError>(errors: readonly E[], root: E): E[] {
  const causes: E[] = [];
  let next = errors[root.causeIdx ?? -1];
  while (next && causes.length < errors.length) {
    causes.push(next);
    next = errors[next.causeIdx ?? -1];
  }
  return causes;
}

function jsonOf(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
