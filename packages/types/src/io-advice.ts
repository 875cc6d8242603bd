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

/** What to do about an error of the file system, by its code; null where that is not known.
 * @example ioAdvice('EISDIR') // 'it is a folder: check the path'
 */
export function ioAdvice(code: string): string | null {
  return Object.hasOwn(advice, code) ? advice[code]! : null;
}
