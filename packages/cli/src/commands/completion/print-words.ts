import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { getShellFromEnv, log, parseEnv } from '@pnpm/tabtab';
import { writeData } from '../../output/write-data.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { wordsFor } from './words-for.ts';

/** What the scripts of tabtab take for a wish to complete a path. */
const files = '__tabtab_complete_files__';

/** Prints the words that a line may go on with, as the shell's script wants them: the line and the
 * shell are in the environment.
 */
export async function printWords(program: CommandUnknownOpts, { env, stdout }: Terminal): Promise<void> {
  const shell = getShellFromEnv(env);
  const words = wordsFor(program, parseEnv({ ...env }).partial);
  const lines: string[] = [];
  if (words === 'files') lines.push(files);
  // What tabtab does for bash beyond names needs the environment of the process.
  else if (shell === 'bash') lines.push(...words.map(({ name }) => name));
  else log([...words], shell, (line) => lines.push(line));
  await writeData(stdout, lines.map((line) => `${line}\n`).join(''));
}
