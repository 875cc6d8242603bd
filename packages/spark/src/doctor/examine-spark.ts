import { counted } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import type { TaskFolders } from '../models/task-folders.ts';
import { createAskTasks, messageOf } from './ask-tasks.ts';
import type { AskTasks } from './ask-tasks.ts';
import { checkHosts } from './check-hosts.ts';
import { checkWorker } from './check-worker.ts';
import type { SparkCheck, SparkReport } from './doctor-report.ts';

/** What the doctor looks at. */
export interface ExaminedSpark {
  readonly session: SparkSession;
  readonly folders: TaskFolders;
  /** The version of qualm that the worker's is held against. */
  readonly version?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Tries what a prediction needs, one thing after the other, in short tasks. It changes nothing. */
export async function examineSpark({ session, folders, version, signal }: ExaminedSpark): Promise<SparkReport> {
  const checks: SparkCheck[] = [checkVersion(session.version)];
  const isBad = (): boolean => checks.some(({ status }) => status === 'failed');
  const ask = createAskTasks(session, signal);
  checks.push(await checkCat(ask));
  if (!isBad()) checks.push(...(await checkHosts(ask)));
  if (!isBad()) checks.push(...(await checkWorker(ask, folders, { version, signal })));
  return { isFine: !isBad(), checks };
}

function checkVersion(version: string): SparkCheck {
  const isKnown = Number.parseInt(version, 10) >= 4;
  return {
    name: 'spark',
    status: isKnown ? 'fine' : 'failed',
    found: `Apache Spark ${version}`,
    advice: isKnown ? null : 'predictions need Spark 4.0 or newer',
  };
}

async function checkCat(ask: AskTasks): Promise<SparkCheck> {
  const name = 'cat';
  try {
    const lines = await ask('cat', 2);
    if (new Set(lines).size === 40 && lines.length === 40) {
      return { name, status: 'fine', found: 'TRANSFORM runs cat in two tasks, and each line comes back', advice: null };
    }
    const found = `TRANSFORM with cat gave ${counted(lines.length, 'line')} of 40`;
    return { name, status: 'failed', found, advice: 'tell who runs this Spark that TRANSFORM loses lines' };
  } catch (error) {
    return {
      ...{ name, status: 'failed', found: `TRANSFORM does not run cat: ${messageOf(error)}` },
      advice: 'ask who runs this Spark to allow SELECT TRANSFORM with commands; see docs/spark.md',
    };
  }
}
