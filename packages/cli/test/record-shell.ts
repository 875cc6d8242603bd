import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { run } from '../src/index.ts';
import type { Terminal } from '../src/index.ts';

const prompt = /^(?:qualm> | {2}\.\.\.> )$/m;

/** Runs the command line of a recorded session again, types the lines that were typed, and gives
 * what is then on the screen, without lines of progress: a bar is there in their place.
 * @param recorded begins with `$ qualm ...`; lines behind `qualm> ` and `  ...> ` were typed.
 */
export async function recordShell(recorded: string, cwd: string): Promise<string> {
  const [line = ''] = /^\$ qualm (?:"[^"]*"|[^"\n])*/.exec(recorded) ?? [];
  const typed = [...recorded.matchAll(/^(?:qualm> | {2}\.\.\.> )(.*)$/gm)].map(([, text]) => text!);
  const screen = new PassThrough({ encoding: 'utf8' });
  const stdin = Object.assign(new PassThrough(), { isTTY: typed.length > 0 });
  let shown = `${line}\n`;
  screen.on('data', (text: string) => {
    shown += text;
    const last = shown.slice(shown.lastIndexOf('\n') + 1);
    if (!prompt.test(last)) return;
    const next = typed.shift();
    if (next === undefined) stdin.end();
    else {
      shown += `${next}\n`;
      stdin.write(`${next}\n`);
    }
  });
  const terminal: Terminal = {
    ...{ stdin, stdout: screen, stderr: screen, cwd },
    env: { QUALM_SESSIONS: '2', HOME: cwd },
    signal: new AbortController().signal,
  };
  await run(argumentsOf(line), terminal, '0.0.0-test');
  const ended = once(screen, 'end');
  screen.end();
  await ended;
  return shown
    .replaceAll('\r\n', '\n')
    .replaceAll(/^predict: .*\n/gm, '')
    .trimEnd();
}

/** The arguments of a line, as a shell reads words and double quotes. */
function argumentsOf(line: string): string[] {
  return [...line.slice('$ qualm '.length).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
}
