import { execFileSync } from 'node:child_process';

/** Installs a package of Debian, where this user may. */
export function installDebianPackage(name: string): void {
  process.stderr.write(`integration: installing the Debian package ${name}\n`);
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
