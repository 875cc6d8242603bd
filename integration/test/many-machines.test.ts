import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { shareOfId } from '@qualm/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { qualmBin } from '../src/qualm.ts';
import { root } from '../src/repository.ts';
import { writeMeanColourProject } from '../src/write-mean-colour-project.ts';

const run = promisify(execFile);
const examples = join(root, 'examples/shards');

/** Commands of a scheduler, which are no part of what is tested: runs a task after the other. */
const sbatch = `#!/bin/bash
set -euo pipefail
for option; do case $option in --wrap=*) exec bash -c "\${option#--wrap=}" >&2;; esac; done
script=\${!#}
[[ $(grep '^#SBATCH --array=' "$script") =~ 1-([0-9]+) ]]
export SLURM_ARRAY_TASK_COUNT=\${BASH_REMATCH[1]}
for task in $(seq "$SLURM_ARRAY_TASK_COUNT"); do SLURM_ARRAY_TASK_ID=$task bash "$script" >&2; done
echo 4711
`;

/** A lock of a process of another machine that was killed. */
const lock = JSON.stringify({ pid: 1, host: 'elsewhere', start: null });

interface Container {
  readonly command: readonly string[];
  readonly args: readonly string[];
}

interface Job {
  readonly spec: {
    readonly completions?: string;
    readonly template: { readonly spec: { readonly containers: readonly [Container] } };
  };
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      'predict' | 'merge',
      {
        readonly strategy?: { readonly matrix: { readonly shard: readonly string[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

describe('examples/shards', () => {
  let folder: string;
  let python: string;

  beforeAll(async () => {
    python = await pythonEnvironment(join(root, 'integration/python/many-machines.txt'));
    folder = await mkdtemp(join(tmpdir(), 'qualm-shards-'));
    await writeMeanColourProject(folder, 40);
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'qualm'), `#!/bin/sh\nexec ${process.execPath} ${qualmBin} "$@"\n`, {
      mode: 0o755,
    });
    await writeFile(join(folder, 'bin', 'sbatch'), sbatch, { mode: 0o755 });
    await mkdir(join(folder, 'node_modules', '.bin'), { recursive: true });
    await symlink(join(folder, 'bin', 'qualm'), join(folder, 'node_modules', '.bin', 'qualm'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function inProject(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const path = `${join(folder, 'bin')}:${process.env['PATH']}`;
    await run(command, args, { cwd: folder, env: { ...process.env, PATH: path, QUALM_SESSIONS: '1', ...env } });
  }

  async function clean(): Promise<void> {
    for (const name of ['shares', 'predictions', 'whole'])
      await rm(join(folder, name), { recursive: true, force: true });
  }

  async function expectUndivided(...more: readonly string[]): Promise<void> {
    await inProject('qualm', ['predict', '--images', 'photos', '--model', 'model.json', '--out', 'whole', ...more]);
    expect(await contents(join(folder, 'predictions'))).toEqual(await contents(join(folder, 'whole')));
  }

  /** What a tool of the Python environment says of a file, and of one with a mistake in it. */
  async function check(tool: string, args: readonly string[], file: string, mistake: [string, string]): Promise<void> {
    const text = await readFile(join(examples, file), 'utf8');
    expect(text).toContain(mistake[0]);
    const wrong = join(folder, `wrong-${file}`);
    await writeFile(wrong, text.replace(...mistake));
    const bin = join(dirname(python), tool);
    await run(bin, [...args, join(examples, file)]);
    await expect(run(bin, [...args, wrong])).rejects.toThrow(/failed/i);
  }

  it('the jobs of Kubernetes pass its schema, and their commands give the undivided run', async () => {
    for (const file of ['kubernetes.yaml', 'kubernetes-merge.yaml'])
      await check('kubernetes-validate', ['--strict'], file, ['restartPolicy:', 'restartPolice:']);
    const jobs = ['kubernetes.yaml', 'kubernetes-merge.yaml'].map((file) => readYaml(python, file) as Promise<Job>);
    const [predict, merge] = (await Promise.all(jobs)) as [Job, Job];
    await clean();
    await mkdir(join(folder, 'shares', '0'), { recursive: true });
    await writeFile(join(folder, 'shares', '0', '_qualm.lock'), lock);
    const count = Number(predict.spec.completions);
    for (let index = 0; index < count; index++) await runContainer(predict, { JOB_COMPLETION_INDEX: String(index) });
    await runContainer(merge, {});
    await expectUndivided();
  });

  async function runContainer({ spec }: Job, env: Readonly<Record<string, string>>): Promise<void> {
    const { command, args } = spec.template.spec.containers[0];
    const [program, ...rest] = [...command, ...args].map((text) => expandReferences(text, env));
    await inProject(program!, rest, env);
  }

  it('the array of Slurm gives the undivided run', async () => {
    for (const file of ['slurm-array.sh', 'slurm-submit.sh']) await run('bash', ['-n', join(examples, file)]);
    await clean();
    await mkdir(join(folder, 'shares', '2'), { recursive: true });
    await writeFile(join(folder, 'shares', '2', '_qualm.lock'), lock);
    await inProject('bash', [join(examples, 'slurm-submit.sh')]);
    await expectUndivided();
  });

  it('the workflow of GitHub passes its schema, and its steps give the undivided run', async () => {
    const schema = ['--builtin-schema', 'vendor.github-workflows'];
    await check('check-jsonschema', schema, 'github.yml', ['runs-on:', 'runs-in:']);
    const { jobs } = (await readYaml(python, 'github.yml')) as Workflow;
    await clean();
    await mkdir(join(folder, 'shares'));
    const { shard } = jobs.predict.strategy!.matrix;
    const values = { 'strategy.job-total': String(shard.length) };
    for (const index of shard) {
      await runSteps(jobs.predict.steps, { ...values, 'matrix.shard': index });
      // upload-artifact and download-artifact
      await rename(join(folder, 'share'), join(folder, 'shares', `share-${index}`));
    }
    await runSteps(jobs.merge.steps, {});
    await expectUndivided('--fingerprint', 'content');
  });

  it('the recipes of docs/shards.md give the share that qualm gives', async () => {
    const page = await readFile(join(root, 'docs/shards.md'), 'utf8');
    const recipe = (language: string, end: string): string =>
      new RegExp(`\`\`\`${language}\\n(.*)${end} +(?:#|--) (?:DuckDB: )?2\\n\`\`\``).exec(page)![1]!;
    const script = join(folder, 'recipes.py');
    const sql = JSON.stringify(recipe('sql', ';'));
    const values = `[${recipe('python', '')}, duckdb.sql(${sql}).fetchall()[0][0]]`;
    await writeFile(script, `import duckdb, hashlib, json\nprint(json.dumps(${values}))\n`);
    const shell = await run('sh', ['-c', recipe('sh', '')]);
    const share = shareOfId('photos/a.jpg', 16);
    expect([...((await runPython(python, script, [])) as number[]), Number(shell.stdout)]).toEqual([
      share,
      share,
      share,
    ]);
  });

  async function runSteps(
    steps: Workflow['jobs']['predict']['steps'],
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const scripts = steps.flatMap(({ run: script }) => (script === undefined || script === 'npm ci' ? [] : [script]));
    expect(scripts).toHaveLength(1);
    const script = scripts[0]!.replace(/\$\{\{ (\S+) \}\}/g, (_, name: string) => values[name]!);
    await inProject('bash', ['-euo', 'pipefail', '-c', script]);
  }
});

async function readYaml(python: string, file: string): Promise<unknown> {
  return runPython(python, join(root, 'integration/python/read_yaml.py'), [join(examples, file)]);
}

/** What Kubernetes makes of command and args: `$(NAME)` of a variable that it knows is its value,
 * `$$` is `$`.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
function expandReferences(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (env[name] ?? whole),
  );
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return Object.fromEntries(await Promise.all(files));
}
