import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Milliseconds that importing a package takes in a fresh process: the median of some runs. */
export async function importTime(name: string, cwd: string, runs: number): Promise<number> {
  const script = `const t = performance.now(); await import('${name}'); console.log(performance.now() - t)`;
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd });
    times.push(Number(stdout));
  }
  return times.sort((a, b) => a - b)[runs >> 1]!;
}
