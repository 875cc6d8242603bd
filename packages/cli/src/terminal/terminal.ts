/** The outside world of one run of the command line; tests bring their own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** True where escape sequences, for colour and for a bar, are welcome on a stream. */
export function wantsEscapes<Name extends 'stdout' | 'stderr'>(
  { env, ...streams }: Pick<Terminal, Name | 'env'>,
  name: Name,
): boolean {
  return streams[name].isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
