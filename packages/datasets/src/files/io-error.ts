import { lstat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { QualmError } from '@qualm/types';

const advice: Readonly<Record<string, string>> = {
  EACCES: 'check its permissions',
  EPERM: 'check its permissions',
  EROFS: 'the file system is read-only: choose another folder',
  ENOENT: 'check the path',
  ENOTDIR: 'a part of the path is a file: check the path',
  EISDIR: 'it is a folder: check the path',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  EDQUOT: 'the disk quota is used up: free some space or choose another folder',
};

const linkToNothing = 'it is a link to nothing: fetch what it stands for (dvc pull, git annex get)';

/** A foreign file-system error as QualmError `io`, which names the file and says what to do; one of
 * ours as it is.
 */
export async function ioError(what: string, path: string, cause: unknown): Promise<QualmError> {
  if (QualmError.is(cause)) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  const reason = cause instanceof Error ? cause.message : String(cause);
  const hint = await hintOf(code, path);
  return new QualmError('io', `${what}: "${path}" failed (${reason}); ${hint}`, { cause });
}

async function hintOf(code: string, path: string): Promise<string> {
  if (code === 'ENOSPC') return diskFullHint(path);
  const isLink = code === 'ENOENT' && (await lstat(path).catch(() => null))?.isSymbolicLink();
  return isLink ? linkToNothing : (advice[code] ?? 'check the folder');
}

async function diskFullHint(path: string): Promise<string> {
  const free = await statfs(dirname(path)).then(
    ({ bavail, bsize }) => ` (${Math.floor((bavail * bsize) / 1024)} KiB free)`,
    () => '',
  );
  return `the disk is full${free}: free some space, then resume; what was stored before is still readable`;
}
