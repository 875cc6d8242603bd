import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './mlflow-server.ts';
import { pythonEnvironment } from './python-environment.ts';
import { root } from './repository.ts';

/** The Spark versions that are tested, by the requirements that pin them. */
export type SparkVersion = '4.3';

/** `local[2]`: one JVM; `local-cluster[2,1,700]`: two executors of one core, or of another number;
 * `standalone`: a master and two workers that can be killed, too.
 */
export type SparkMaster = 'local[2]' | `local-cluster[${number},1,700]` | 'standalone';

export interface SparkOptions {
  readonly master: SparkMaster;
  readonly version?: SparkVersion;
  /** Settings such as `spark.connect.authenticate.token`. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Arguments of spark-submit, such as `--archives`. */
  readonly args?: readonly string[];
}

export interface SparkServer {
  readonly host: string;
  readonly port: number;
  /** `sc://host:port` */
  readonly address: string;
  /** Where everything of it lies. */
  readonly folder: string;
  /** Process ids of the workers of `standalone`. */
  readonly workers: readonly number[];
  log(): Promise<string>;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const connectServer = 'org.apache.spark.sql.connect.service.SparkConnectServer';

/** Where Spark is installed: what its scripts know as SPARK_HOME. */
export async function sparkHome(version: SparkVersion = '4.3'): Promise<string> {
  const python = await pythonEnvironment(join(root, `integration/python/spark-${version}.txt`));
  const lib = join(dirname(python), '../lib');
  const [name] = (await readdir(lib)).filter((name) => name.startsWith('python'));
  return join(lib, name!, 'site-packages/pyspark');
}

/** A real Spark Connect server of its own on this machine, that answers; everything that it writes
 * is in the folder.
 */
export async function startSpark(
  folder: string,
  { master, version, conf = {}, args = [] }: SparkOptions,
): Promise<SparkServer> {
  const home = await sparkHome(version);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'tmp'), { recursive: true });
  const children: ChildProcess[] = [];
  const start = async (
    name: string,
    port: number,
    command: readonly string[],
    memory?: string,
  ): Promise<ChildProcess> => {
    const child = startProcess(join(folder, `${name}.log`), home, folder, command, memory);
    children.unshift(child);
    await listening(port, child, join(folder, `${name}.log`));
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children) await ended(child);
  };
  try {
    const workers: number[] = [];
    let url: string = master;
    if (master === 'standalone') {
      const port = await freePort();
      url = `spark://${host}:${port}`;
      const daemon = join(home, 'bin/spark-class');
      const masterClass = 'org.apache.spark.deploy.master.Master';
      await start(
        'master',
        port,
        [daemon, masterClass, '--host', host, '--port', `${port}`, '--webui-port', '0'],
        '256m',
      );
      for (const name of ['w1', 'w2']) {
        const own = await freePort();
        const place = ['--host', host, '--port', `${own}`, '--webui-port', '0', '--work-dir', join(folder, name)];
        const size = ['--cores', '1', '--memory', '1g', url];
        const workerClass = 'org.apache.spark.deploy.worker.Worker';
        workers.push((await start(name, own, [daemon, workerClass, ...place, ...size], '256m')).pid!);
      }
    }
    const port = await freePort();
    const settings = Object.entries({
      'spark.connect.grpc.binding.address': host,
      'spark.connect.grpc.binding.port': `${port}`,
      'spark.sql.catalogImplementation': 'in-memory',
      'spark.sql.warehouse.dir': join(folder, 'warehouse'),
      'spark.driver.host': host,
      'spark.driver.bindAddress': host,
      'spark.ui.enabled': 'false',
      ...(master.startsWith('local-cluster') && { 'spark.executor.memory': '600m' }),
      ...(master === 'standalone' && { 'spark.executor.memory': '700m', 'spark.executor.cores': '1' }),
      ...conf,
    }).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
    const submit = join(home, 'bin/spark-submit');
    const memory = ['--driver-memory', '900m', '--class', connectServer];
    await start('server', port, [submit, '--master', url, ...memory, ...settings, ...args, 'spark-internal']);
    const log = (): Promise<string> => readFile(join(folder, 'server.log'), 'utf8');
    return { host, port, address: `sc://${host}:${port}`, folder, workers, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** SPARK_DAEMON_MEMORY is for master and workers alone: it would override `--driver-memory`. */
function startProcess(
  log: string,
  home: string,
  folder: string,
  [program, ...args]: readonly string[],
  memory: string | undefined,
): ChildProcess {
  const child = spawn(program!, args, {
    cwd: folder,
    // A group of its own, so that its executors go with it.
    detached: true,
    env: {
      ...process.env,
      SPARK_HOME: home,
      SPARK_LOCAL_IP: host,
      SPARK_LOCAL_DIRS: join(folder, 'tmp'),
      SPARK_WORKER_DIR: join(folder, 'work'),
      ...(memory !== undefined && { SPARK_DAEMON_MEMORY: memory }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  return child;
}

async function listening(port: number, child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < 180_000; waited += 250) {
    if (child.exitCode !== null) break;
    if (await accepts(port)) return;
    await sleep(250);
  }
  throw new Error(`Spark did not start:\n${(await readFile(log, 'utf8')).slice(-3000)}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid!, 'SIGTERM');
  const grace = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 20_000);
  await exit;
  clearTimeout(grace);
}
