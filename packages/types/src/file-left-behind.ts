import { QualmError } from './qualm-error.ts';
import type { QualmErrorCode } from './qualm-error.ts';

/** A file of qualm's own that code opens or runs: that of a worker thread, a WebAssembly module. */
export interface OwnFile {
  /** What errors begin with. */
  readonly where: string;
  /** What the file is, as in `the file of its worker thread`. */
  readonly file: string;
  readonly place: URL | string;
  /** What to do where a bundler moved the code, beside leaving `@qualm/*` out of the bundle. */
  readonly advice?: string | undefined;
}

/** The error of a file of qualm's own that is not at its place: where it was looked for, and what
 * to do in a bundle.
 * @example throw fileLeftBehind('io', { where: 'report', file: 'page.js', place }, { cause })
 */
export function fileLeftBehind(
  code: QualmErrorCode,
  { where, file, place, advice }: OwnFile,
  options?: ErrorOptions,
): QualmError {
  const leaveOut = 'leave @qualm/* out of the bundle (esbuild: --packages=external)';
  const todo = advice === undefined ? leaveOut : `${advice}, or ${leaveOut}`;
  return new QualmError(
    code,
    `${where}: ${file} is not at "${String(place)}"; where a bundler moved the code, ${todo}; see docs/install.md`,
    options,
  );
}
