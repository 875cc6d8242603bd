import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { registerDetectors } from '../../examples/setup/register-detectors.ts';
import { arqueroAnswers } from '../src/arquero-answers.ts';
import { firstDifference } from '../src/compare-answers.ts';
import type { AnswerRow } from '../src/compare-answers.ts';
import { orderings } from '../src/orderings.ts';
import { testData } from '../src/repository.ts';
import { samplingSession } from '../src/sampling-session.ts';
import { questions } from '../src/sampling-statements.ts';
import type { Question } from '../src/sampling-statements.ts';
import { sqlAnswers } from '../src/sql-answers.ts';
import type { SqlAnswer } from '../src/sql-answers.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-sql-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('firstDifference(rows, expected, by)', () => {
  const expected = [1, 2, 2, 3].map((key, id) => ({ id, key }));
  const of = (...ids: readonly number[]): AnswerRow[] => ids.map((id) => expected[id]!);

  it('lets rows with the same key change places, at the limit too', () => {
    expect(firstDifference(of(0, 2, 1, 3), expected, 'key')).toBeNull();
    expect(firstDifference(of(0, 2), expected, 'key', 2)).toBeNull();
  });

  it.each([
    ['rows in another order', of(1, 0, 2, 3), 'row 0 is'],
    ['a row twice', of(0, 1, 1, 3), 'row 2 is'],
    ['another value', [...of(0, 1, 2), { id: 3, key: 3.5 }], 'row 3 is'],
    ['a row too few', of(0, 1, 2), '3 rows, expected 4'],
  ])('finds %s', (_, rows, words) => {
    expect(firstDifference(rows, expected, 'key')).toContain(words);
  });
});

/** A folder of photographs: of COCO where they are, else those of the demo. */
async function photographs(limit: number): Promise<string> {
  const data = testData();
  const from = data ? join(data, 'coco-val2017/images') : await demoPhotographs(() => undefined);
  const to = join(folder, `photographs-${limit}`);
  for (const name of (await readdir(from)).sort().slice(0, limit)) await cp(join(from, name), join(to, name));
  return to;
}

const backends = { onnx: createOnnxBackend({ device: 'cpu' }), tfjs: createTfjsBackend() };

describe.each([
  { flavor: 'onnx', limit: 110 },
  { flavor: 'tfjs', limit: 12 },
] as const)('the statements of uncertainty sampling, $flavor', ({ flavor, limit }) => {
  let sql: Readonly<Record<Question, SqlAnswer>>;
  let arquero: Readonly<Record<Question, readonly AnswerRow[]>>;
  let images: number;

  beforeAll(async () => {
    const place = await photographs(limit);
    images = (await readdir(place)).length;
    const registry = createMlflowRegistry({ trackingUri: join(folder, `mlflow-${flavor}`) });
    await registerDetectors(registry, flavor);
    const session = await samplingSession(backends, registry, place);
    sql = await sqlAnswers(session);
    await session.close();
    arquero = await arqueroAnswers(backends, registry, place);
    await registry.dispose();
  });

  it.each(questions)('%s: the rows are those of the Arquero pipeline', (question) => {
    const { by, limit: most } = orderings[question];
    expect(arquero[question].length).toBeGreaterThan(0);
    expect(firstDifference(sql[question].rows, arquero[question], by, most)).toBeNull();
  });

  it('predict each image once for each model', () => {
    const counts = Object.values(sql).map(({ predicted, known }) => [predicted, known]);
    expect(counts).toEqual([
      [images, 0],
      [images, 0],
      [0, images],
      [0, images],
      [0, images],
    ]);
  });
});
