import { writeFile } from 'node:fs/promises';
import { QualmError } from '@qualm/types';

/** Writes a file.
 * @throws QualmError `io` that names the file and says why.
 */
export async function storeFile(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const advice = code === 'ENOSPC' ? 'the disk is full: free some space' : 'check the folder';
    throw new QualmError('io', `write: "${path}" failed (${message}); ${advice}, then run the command again`, {
      cause,
    });
  }
}
