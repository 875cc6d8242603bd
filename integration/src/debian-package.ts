import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The path of a program, whose Debian packages are installed now where it is absent and this user
 * may.
 */
export function debianProgram(path: string, ...packages: readonly string[]): string {
  if (existsSync(path)) return path;
  process.stderr.write(`integration: installing the Debian package ${packages.join(' and ')}\n`);
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return path;
}
