import { QualmError } from '@qualm/types';

/** The error of a statement with TRANSFORM, in the worker's words where it is the worker that
 * failed: its last line on stderr, which Spark hands on, and what to do about a death that says
 * nothing.
 */
export function workerTrouble(where: string, error: unknown): unknown {
  const text = messagesOf(error);
  const died = /Subprocess exited with status (\d+)\. Error:([\s\S]*)/.exec(text);
  if (died) {
    const [, status, stderr] = died;
    const said = lastLine(stderrOf(error) ?? stderr!.replace(/\.\s*$/, ''));
    const advice = adviceOf(Number(status), said);
    return new QualmError(
      'predict-failed',
      `${where}: a worker ended with status ${status}${said ? `: ${said}` : ' and said nothing'}${advice ? `; ${advice}` : ''}`,
      { cause: error },
    );
  }
  if (
    /UNSUPPORTED_FEATURE\.TRANSFORM|Operation not allowed.*TRANSFORM|TRANSFORM.*(?:not allowed|not supported)/i.test(
      text,
    )
  ) {
    return new QualmError(
      'unsupported',
      `${where}: this Spark does not run TRANSFORM, which starts the workers; ask who runs it, see docs/spark.md`,
      { cause: error },
    );
  }
  return error;
}

/** The message of an error and of what caused it. */
function messagesOf(error: unknown): string {
  const messages: string[] = [];
  for (let at: unknown = error; at instanceof Error && messages.length < 5; at = at.cause) messages.push(at.message);
  return messages.join('\n');
}

/** What Spark has of the end of the worker's stderr, where it says it by itself. */
function stderrOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { stderrBuffer } = Object((at as { readonly parameters?: unknown }).parameters) as { stderrBuffer?: unknown };
    if (typeof stderrBuffer === 'string') return stderrBuffer;
  }
  return null;
}

function lastLine(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !beside.test(line));
  return (lines.at(-1) ?? '').slice(-500);
}

/** What Node and Java put around a message. */
const beside =
  /^(at |Caused by: |SQLSTATE|JVM stacktrace|org\.apache|\.\.\. \d+ more|Node\.js v|[{}]$|(code|url|cause): )/;

function adviceOf(status: number, said: string): string {
  if (status === 127 && !said.startsWith('qualm:')) return 'its command was not found on the executor';
  if (status === 126)
    return 'its program cannot be run there: a bundle of another platform; qualm bundle makes one for linux-x64';
  if (status === 137) {
    return 'it was killed, most likely for memory: raise spark.executor.memoryOverhead by 300 MB for each task slot';
  }
  if (status === 134 || status === 139) return 'it crashed; try qualm spark doctor';
  return '';
}
