import type { Reporter } from './reporter.ts';

const megabyte = 10 ** 6;

interface Transfer {
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly files: number;
  readonly totalFiles: number;
}

/** Shows how far a transfer of files is: in megabytes, in files where their length is not known. */
export function transferProgress(label: string, reporter: Reporter): (transfer: Transfer) => void {
  let last = -1;
  return ({ bytes, totalBytes, files, totalFiles }) => {
    const small = totalBytes === null || totalBytes < megabyte;
    const total = small ? totalFiles : Math.ceil(totalBytes / megabyte);
    const moved = small ? files : Math.floor(bytes / megabyte);
    const done = files === totalFiles ? total : Math.min(moved, total - 1);
    if (done === last) return;
    last = done;
    reporter.progress(label, { done, failed: 0, total, unit: small ? 'files' : 'MB' });
  };
}
