import { lstat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ioAdvice, QualmError } from '@qualm/types';

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
  return isLink ? linkToNothing : (ioAdvice(code) ?? 'check the folder');
}

async function diskFullHint(path: string): Promise<string> {
  const free = await statfs(dirname(path)).then(
    ({ bavail, bsize }) => ` (${Math.floor((bavail * bsize) / 1024)} KiB free)`,
    () => '',
  );
  return `the disk is full${free}: free some space, then resume; what was stored before is still readable`;
}
