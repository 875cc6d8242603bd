import { Argument } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm completion bash >> ~/.bashrc
  qualm completion zsh >> ~/.zshrc
  qualm completion fish > ~/.config/fish/completions/qualm.fish`;

/** Shells that are completed. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** Adds `qualm completion`, and the command that its scripts ask for words. */
export function addCompletionCommand(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('print a script that completes commands, options and their values')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', help)
    .action(async (shell) => {
      const { printScript } = await import('./print-script.ts');
      await printScript(shell, terminal);
    });
  program
    .command('completion-server', { hidden: true })
    .argument('[words...]')
    .action(async () => {
      const { printWords } = await import('./print-words.ts');
      await printWords(program, terminal);
    });
}
