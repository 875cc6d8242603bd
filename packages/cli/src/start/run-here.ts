import { readFileSync } from 'node:fs';
import { exitCode } from '../terminal/exit-code.ts';

const interrupt = new AbortController();
function stop(how: string): void {
  if (interrupt.signal.aborted) process.exit(exitCode.interrupted);
  // What draws on the terminal has to stop first.
  interrupt.abort();
  process.stderr.write(`\nstopping; ${how} to quit at once\n`);
}
process.on('SIGINT', () => stop('press Ctrl-C again'));
// What ends a job from outside (a scheduler, `kill`), and what a closed terminal sends.
process.on('SIGTERM', () => stop('send the signal again'));
process.on('SIGHUP', () => stop('send the signal again'));
// Where files may not be so large (`ulimit -f`) a write fails, which is told as a full disk is: but
// what locks files (signal-exit) ends a process that does not listen to the signal.
process.on('SIGXFSZ', () => {});

// `qualm rank ... | head` needs no more: that is not a failure, and nothing more can be written.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(exitCode.pipeClosed);
});
process.stderr.on('error', () => {});

// TensorFlow's library tells the terminal of its instructions, and reads this when it is loaded.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';

const args = process.argv.slice(2);
// Said before anything else is loaded, so that it is there within the time that a user waits for a
// first word.
const announced = process.stderr.isTTY ? /^(select|predict|render|rank|errors|doctor)$/ : /^(select|predict|render)$/;
if (announced.test(args[0] ?? '') && !args.some((arg) => /^(-h|--help)$/.test(arg))) {
  process.stderr.write('starting ...\n');
}

const { run } = await import('../run.ts');
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await run(
  args,
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  },
  version,
);
// Nobody reads on: a list of images that still comes would keep the process alive.
process.stdin.destroy();
