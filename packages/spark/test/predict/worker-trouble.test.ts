import { QualmError } from '@qualm/types';
import { expect, it } from 'vitest';
import { workerTrouble } from '../../src/predict/worker-trouble.ts';

const failed = (message: string): QualmError => new QualmError('query-failed', message);
const died = (status: number, stderr: string): QualmError =>
  failed(
    `Job aborted due to stage failure: SparkException: Subprocess exited with status ${status}. Error: ${stderr}.`,
  );

it.each([
  [died(3, 'a stack\nworker: the model is another'), 'predict-failed', 'status 3: worker: the model is another'],
  [died(127, 'bash: line 1: /opt/node: No such file'), 'predict-failed', 'was not found on the executor'],
  [died(126, 'cannot execute binary file'), 'predict-failed', 'a bundle of another platform'],
  [died(137, ''), 'predict-failed', 'raise spark.executor.memoryOverhead by 300 MB'],
  [died(139, ''), 'predict-failed', 'it crashed; try qualm spark doctor'],
  [failed('UNSUPPORTED_FEATURE.TRANSFORM_NON_HIVE'), 'unsupported', 'does not run TRANSFORM'],
])('workerTrouble of %s', (error, code, words) => {
  const trouble = workerTrouble('predict', error) as QualmError;
  expect(trouble.code).toBe(code);
  expect(trouble.message).toContain(words);
  expect(trouble.cause).toBe(error);
});

it('workerTrouble finds what Spark says in the cause', () => {
  const error = new QualmError('query-failed', 'the statement failed', { cause: died(3, 'worker: no') });
  expect((workerTrouble('predict', error) as QualmError).message).toContain('status 3: worker: no');
});

it('workerTrouble reads what Spark says of stderr by itself, and leaves stack traces out', () => {
  const stderrBuffer = 'TypeError: no model\n    at run (file.js:1:2)\n\nNode.js v20.20.2\n';
  const cause = Object.assign(died(1, stderrBuffer), { parameters: { stderrBuffer } });
  const error = new QualmError('query-failed', 'sql: failed', { cause });
  expect((workerTrouble('predict', error) as QualmError).message).toBe(
    'predict: a worker ended with status 1: TypeError: no model',
  );
});

it('workerTrouble leaves other errors as they are', () => {
  const error = failed('the disk is full');
  expect(workerTrouble('predict', error)).toBe(error);
});
