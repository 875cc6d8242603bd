import { getCompletionScript } from '@pnpm/tabtab';
import { writeData } from '../../output/write-data.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { shells } from './command.ts';

/** Prints what makes a shell complete `qualm`. */
export async function printScript(shell: (typeof shells)[number], { stdout }: Terminal): Promise<void> {
  await writeData(stdout, await getCompletionScript({ name: 'qualm', completer: 'qualm', shell }));
}
