import { closeSync, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** The stream of stdout for answers alone; what anything else prints there goes to stderr from now
 * on: by Node's streams wherever they lead, and by native libraries where stdout is a pipe. To be
 * called before anything is printed, and before threads start.
 */
export function takeStdout(): Writable {
  const own = movePipe();
  const output = own === null ? process.stdout : new Socket({ fd: own, readable: false, writable: true });
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => process.stderr });
  return output;
}

/** A copy of the pipe of descriptor 1, which becomes one of stderr; null where stdout is no pipe: a
 * file that is opened again has another position, and Linux opens no sockets again.
 */
function movePipe(): number | null {
  const folder = process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd';
  if (process.platform === 'win32' || !fstatSync(1).isFIFO()) return null;
  try {
    const own = openSync(`${folder}/1`, 'w');
    const other = openOther(folder);
    closeSync(1);
    // The lowest free number is taken.
    openSync(`${folder}/${other}`, 'w');
    closeSync(other);
    return own;
  } catch {
    return null;
  }
}

/** Where native libraries print from now on: stderr, or nowhere where that is a file. */
function openOther(folder: string): number {
  const errors = fstatSync(2);
  return openSync(errors.isFIFO() || errors.isCharacterDevice() ? `${folder}/2` : '/dev/null', 'w');
}
