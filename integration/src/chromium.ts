import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium: `CHROMIUM_PATH`, one that is installed, or Debian's, installed now where
 * this user may.
 */
export function chromiumPath(): string {
  const found = process.env['CHROMIUM_PATH'] ?? candidates.find((path) => existsSync(path));
  if (found) return found;
  process.stderr.write('integration: installing the Debian package chromium\n');
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return candidates[0]!;
}
