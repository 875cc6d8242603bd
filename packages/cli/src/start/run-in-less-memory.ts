import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';

/** Node reserves some ten GB of addresses for each WebAssembly memory, which spares checks of
 * bounds; with this it asks for what it uses. @see
 * https://nodejs.org/api/cli.html#--disable-wasm-trap-handler */
const flag = '--disable-wasm-trap-handler';

const pageBytes = 2 ** 16;

/** Addresses that a process takes with one session, and that each session takes, beside the
 * memory of its WebAssembly: measured on Node 20 with a small model. */
const baseBytes = 2e9;
const sessionBytes = 0.9e9;

/** What is read of the process. */
export interface ProcessLimits {
  /** The text of /proc/self/limits; null where the system has none. */
  readonly limits: string | null;
  readonly flags: readonly string[];
  readonly nodeOptions: string;
  readonly isKnownFlag: boolean;
  readonly cores: number;
}

/** How a process asks for less memory. */
export interface LessMemory {
  readonly limit: number;
  readonly flags: readonly string[];
  /** At most so many sessions. */
  readonly sessions: number;
}

/** What to ask for where the addresses of this process are limited (`ulimit -v`), null where they
 * are not, or it was said already.
 */
export function lessMemory({ limits, flags, nodeOptions, isKnownFlag, cores }: ProcessLimits): LessMemory | null {
  const text = /^Max address space +(\d+)/m.exec(limits ?? '')?.[1];
  if (text === undefined || !isKnownFlag || flags.includes(flag) || nodeOptions.includes(flag)) return null;
  const limit = Number(text);
  const wasmBytes = Math.min(2 ** 32, Math.max(2 ** 27, limit / 16));
  const sessions = Math.max(1, Math.min(cores, Math.floor((limit - baseBytes) / (sessionBytes + wasmBytes))));
  return { limit, sessions, flags: [flag, `--wasm-max-mem-pages=${Math.floor(wasmBytes / pageBytes)}`] };
}

/** Runs the same command again where it should ask for less memory, and gives its exit code; null
 * where it need not.
 */
export async function runInLessMemory(script: string, args: readonly string[]): Promise<number | null> {
  const { env, execArgv, execPath, stdin, stderr, allowedNodeEnvironmentFlags } = process;
  const less = lessMemory({
    limits: readLimits(),
    flags: execArgv,
    nodeOptions: env['NODE_OPTIONS'] ?? '',
    isKnownFlag: allowedNodeEnvironmentFlags.has(flag),
    cores: availableParallelism(),
  });
  if (!less) return null;
  const { limit, sessions, flags } = less;
  stderr.write(`memory is limited to ${(limit / 1e9).toFixed(1)} GB of addresses (ulimit -v): asking for less\n`);
  const child = spawn(execPath, [...execArgv, ...flags, script, ...args], {
    stdio: 'inherit',
    env: { QUALM_SESSIONS: String(sessions), ...env },
  });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  // What is typed on a terminal reaches both.
  process.on('SIGINT', (signal) => stdin.isTTY || pass(signal));
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

function readLimits(): string | null {
  try {
    return process.platform === 'linux' ? readFileSync('/proc/self/limits', 'utf8') : null;
  } catch {
    return null;
  }
}
