import { existsSync } from 'node:fs';
import { debianProgram } from './debian-package.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium: `CHROMIUM_PATH`, one that is installed, or Debian's, installed now where
 * this user may.
 */
export function chromiumPath(): string {
  const found = process.env['CHROMIUM_PATH'] ?? candidates.find((path) => existsSync(path));
  return found ?? debianProgram(candidates[0]!, 'chromium');
}
