import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { debianProgram } from './debian-package.ts';

/** What a page prints on A4, as PNG, 75 pixels an inch, by Poppler.
 * @param most the first so many pages
 * @param folder one that is empty
 */
export async function printedPages(page: Page, most: number, folder: string): Promise<Buffer[]> {
  const pdftoppm = debianProgram('/usr/bin/pdftoppm', 'poppler-utils');
  const pdf = join(folder, 'printed.pdf');
  await writeFile(pdf, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
  execFileSync(pdftoppm, ['-png', '-r', '75', '-l', String(most), pdf, join(folder, 'printed')]);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}
