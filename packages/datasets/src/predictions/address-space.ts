import { readFileSync } from 'node:fs';

/** Whether the process may use so much address space only (`ulimit -v`): a thread reserves much of
 * it, and where there is too little left the whole process ends. Linux alone says.
 */
export function isAddressSpaceLimited(): boolean {
  try {
    return !/^Max address space +unlimited/m.test(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return false;
  }
}
