/** The exit code for the shell: 0 fine, 1 failed, 2 usage, 3 a gate of `--fail-on` or `--strict`,
 * 130 interrupted, 141 the reader of stdout left, as of any tool in a pipe. */
export const exitCode = { fine: 0, failed: 1, usage: 2, gate: 3, interrupted: 130, pipeClosed: 141 } as const;

/** The command was typed in a way that cannot work; nothing was begun. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The work is done and its result stands, and the user asked to be told by the exit code that it
 * is not good enough.
 */
export class GateError extends Error {
  override readonly name = 'GateError';
}
