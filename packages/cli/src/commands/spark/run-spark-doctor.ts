import { readFileSync } from 'node:fs';
import { printableLines, QualmError } from '@qualm/types';
import type { SparkCheck } from '@qualm/spark';
import { writeData } from '../../output/write-data.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { openSpark } from './open-spark.ts';
import type { SparkPlace } from './open-spark.ts';

/** Tries what predictions need on a Spark, and prints what works and what to mend where it does
 * not.
 * @throws QualmError `predict-failed` where predictions cannot run.
 */
export async function runSparkDoctor(
  given: SparkPlace & { readonly json?: true | undefined },
  terminal: Terminal,
): Promise<void> {
  const spark = await openSpark(given, terminal);
  try {
    const { signal } = terminal;
    const report = await spark.examine({ version: ownVersion(), signal });
    const text = given.json ? `${JSON.stringify(report)}\n` : printableLines(report.checks.map(lineOf).join(''));
    await writeData(terminal.stdout, text);
    if (!report.isFine) throw new QualmError('predict-failed', 'spark doctor: predictions cannot run there yet');
  } finally {
    await spark.close();
  }
}

const words = { fine: 'yes', warning: 'see', failed: 'no', skipped: '-' } as const;

function lineOf({ name, status, found, advice }: SparkCheck): string {
  return `${words[status].padEnd(4)} ${name.padEnd(13)} ${found}${advice === null ? '' : `; ${advice}`}\n`;
}

function ownVersion(): string {
  const path = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}
