import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../src/index.ts';
import { bin, temporaryFolder } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';
import { toyProject } from './toy-run.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.warn('skipped: the shell of qualm sql; install script (util-linux) to test it');

const [ctrlC, ctrlD, up, tab] = ['\u0003', '\u0004', '\u001b[A', '\t'];

interface Shell {
  /** Types, and waits until this is shown behind what was shown before; gives what came. */
  type(text: string, until: RegExp): Promise<string>;
  readonly ended: Promise<number | null>;
}

/** The shell on a pseudo-terminal, whose typed lines and output are one stream. */
function startShell(cwd: string, ...args: readonly string[]): Shell {
  const line = [process.execPath, bin, 'sql', ...args].map((part) => `'${part}'`).join(' ');
  const { PATH = '' } = process.env;
  const child = spawn('script', ['-qec', `stty cols 100; ${line}`, '/dev/null'], {
    cwd,
    env: { PATH, TERM: 'xterm', HOME: cwd, QUALM_SESSIONS: '2' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  let shown = '';
  let told = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    told();
  });
  return {
    ended,
    async type(text, until) {
      child.stdin.write(text);
      const late = AbortSignal.timeout(patience);
      const givenUp = once(late, 'abort').then(() => 'has not shown that in time');
      while (!until.test(shown)) {
        const more = new Promise<void>((done) => (told = done));
        const over = await Promise.race([more.then(() => null), ended.then(() => 'ended'), givenUp]);
        if (over !== null && !until.test(shown))
          throw new Error(`the shell ${over}: ${String(until)}; it showed ${JSON.stringify(shown)}`);
      }
      const came = shown;
      shown = '';
      return came;
    },
  };
}

/** Says where a shell hangs, before the test ends without a word. */
const patience = 60_000;

const prompt = /qualm> (?:\u001b\[\d+G)?$/;

describe.skipIf(!hasScript)('the shell of qualm sql', () => {
  it('runs what is typed, of several lines too, and leaves by Ctrl-D', async () => {
    const shell = startShell(await toyProject(), '--model', 'model/quarters.json');
    await shell.type('', prompt);
    expect(await shell.type('SELECT len(ML_PREDICT(quarters,\r', / {2}\.\.\.> /)).not.toContain('boxes');
    const counted = await shell.type("image)) AS boxes\rFROM read_images('photos');\r", /3 rows[^]*qualm> /);
    expect(counted).toMatch(/boxes\r\n─────\r\n {4}4\r\n {4}4\r\n {4}4\r\n3 rows/);
    expect(await shell.type('SELECT ML_PREDICT(x, 1);\r', /\^[^]*qualm> /)).toMatch(/there is no model "x"/);
    expect(await shell.type('.mode json\rSELECT 1 AS a;\r', /1 row[^]*qualm> /)).toContain('[{"a":1}]');
    expect(await shell.type('.timing on\rSELECT 2 AS b;\r', /1 row[^]*qualm> /)).toMatch(/1 row in \d+\.\d{3} s/);
    expect(await shell.type('.nothing\r', /lists them[^]*qualm> /)).toContain('there is no command .nothing');
    expect(await shell.type('.mode\r', /expected one of[^]*qualm> /)).toContain('table, csv, json, ndjson');
    expect(await shell.type('.help\r', /brings earlier ones back[^]*qualm> /)).toContain('.read file.sql');
    await shell.type(ctrlD, /\r\n$/);
    expect(await shell.ended).toBe(0);
  });

  it('Ctrl-C cancels a query and keeps the session, takes back a line, and twice on an empty one leaves', async () => {
    const folder = await toyProject();
    await writeToyModel(join(folder, 'model'), { products: 4 });
    await writeManyImages(join(folder, 'photos'), 600);
    const shell = startShell(folder, '--model', 'model/quarters.json');
    await shell.type('', prompt);
    await shell.type('CREATE TEMP TABLE t AS SELECT 42 AS answer;\r', /changed[^]*qualm> /);
    await shell.type("SELECT ML_PREDICT(quarters, image) FROM read_images('photos');\r", /predict .*\d+\/60\d/);
    await shell.type(ctrlC, /cancelled\r\n[^]*qualm> /);
    expect(await shell.type('SELECT * FROM t;\r', /1 row\r\n[^]*qualm> /)).toContain('    42');
    const endless = 'SELECT count(*) FROM range(100000000) a, range(100000) b;\r';
    await shell.type(endless, /range\(100000\) b;\r+\n/);
    await shell.type(ctrlC, /cancelled\r\n[^]*qualm> /);
    await shell.type(`${endless}${ctrlC}`, /cancelled\r\n[^]*qualm> /);
    await shell.type(`SELECT 1,\rnonsense${ctrlC}`, /\^C\r\n[^]*qualm> /);
    expect(await shell.type('SELECT 7 AS seven;\r', /1 row\r\n[^]*qualm> /)).toContain('seven');
    await shell.type(ctrlC, /Ctrl-C again, or Ctrl-D, leaves/);
    await shell.type(ctrlC, /\^C/);
    expect(await shell.ended).toBe(0);
  });

  it('keeps statements for a later shell, one line each, in a file that others cannot read', async () => {
    const folder = await toyProject();
    const first = startShell(folder);
    await first.type('', prompt);
    await first.type('SELECT 1 AS a, -- one\r2 AS b;\r', /1 row[^]*qualm> /);
    await first.type('SELECT 3;\r', /1 row[^]*qualm> /);
    expect(await first.type(up, /SELECT 3;/)).not.toContain('AS b');
    await first.type(up, /SELECT 1 AS a, 2 AS b;/);
    await first.type(ctrlC, /\^C/);
    await first.type('quit\r', /quit/);
    expect(await first.ended).toBe(0);
    const file = join(folder, '.local/state/qualm/sql-history');
    expect(await readFile(file, 'utf8')).toBe('SELECT 1 AS a, 2 AS b;\nSELECT 3;\n');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const second = startShell(folder);
    await second.type('', prompt);
    await second.type(up, /SELECT 3;/);
    expect(await second.type(`${up}\r`, /1 row[^]*qualm> /)).toMatch(/a │ b\r\n/);
    await second.type(ctrlD, /\r\n$/);
    expect(await second.ended).toBe(0);
  });

  it('completes names of tables and models, reads files, and says of a file that fails where', async () => {
    const folder = await toyProject();
    await writeFile(
      join(folder, 'make.sql'),
      'CREATE TABLE photographs AS SELECT 5 AS number;\nSELECT number FROM photographs;\nSELECT nothing;\nSELECT 6;',
    );
    const shell = startShell(folder, '--model', 'model/quarters.json');
    await shell.type('', prompt);
    const made = await shell.type('.read make.sql\r', /line 3[^]*qualm> /);
    expect(made).toMatch(/5\r\n1 row/);
    expect(made).not.toContain('6');
    await shell.type(`SELECT * FROM photog${tab}`, /photographs/);
    await shell.type(';\r', /1 row[^]*qualm> /);
    await shell.type(`SELECT ML_PREDICT(qu${tab}`, /ML_PREDICT\(quarters/);
    expect(await shell.type(", 'photos/a.jpg');\r", /1 row[^]*qualm> /)).toContain('red 0.');
    expect(await shell.type('.models\r', /1 row[^]*qualm> /)).toContain('quarters');
    await shell.type(ctrlD, /\r\n$/);
    expect(await shell.ended).toBe(0);
  });
});

describe('a shell that is told to end', () => {
  it('ends with exit code 130', async () => {
    const stop = new AbortController();
    const stderr = new PassThrough({ encoding: 'utf8' });
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const terminal = { stdin, stdout: new PassThrough(), stderr, env: {}, signal: stop.signal };
    const ended = run(['sql'], { ...terminal, cwd: await temporaryFolder() }, '0.0.0-test');
    while (!String((await once(stderr, 'data'))[0]).includes('qualm> ')) continue;
    stop.abort();
    expect(await ended).toBe(130);
  });
});
