import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { cornerDistance, matchBoxes } from '../src/match-boxes.ts';
import type { RankedBox } from '../src/match-boxes.ts';
import { pythonEnvironment, runPython } from '../src/python-environment.ts';
import { qualm } from '../src/qualm.ts';
import { root, testData } from '../src/repository.ts';

const data = testData();
const tolerance = 1e-4;
const length = 1000;
const photographsAtMost = 60;
const strategies = [
  { option: 'margin', column: 'margin' },
  { option: 'entropy', column: 'entropy' },
  { option: 'least-confidence', column: 'leastConfidence' },
] as const;

const cases = [
  { name: 'coco-ssd-onnx', file: 'coco-ssd.onnx', photographs: 'demo' },
  { name: 'ssd-fpnlite', file: 'ssd_mobilenet_v2_fpnlite_10_256_int8.onnx', photographs: 'coco' },
  { name: 'yolox-nano', file: 'yolox_nano.onnx', photographs: 'coco' },
] as const;

type Column = (typeof strategies)[number]['column'];

interface PythonRanking {
  readonly rows: readonly (Omit<RankedBox, 'label'> & { readonly label: number })[];
  readonly values: Readonly<Record<Column, readonly number[]>>;
  readonly orders: Readonly<Record<Column, readonly number[]>>;
}

interface Row extends Readonly<Record<Column, number>> {
  readonly image_id: string;
  readonly box: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number };
  readonly label: string;
  readonly score: number;
}

describe.each(cases.filter(({ photographs }) => photographs === 'demo' || data))(
  'rankings of $name on the $photographs photographs',
  ({ name, file, photographs }) => {
    let python: string;
    let modelRoot: string;
    let images: string;
    let scratch: string;

    beforeAll(async () => {
      python = await pythonEnvironment(join(root, 'integration/python/requirements.txt'));
      modelRoot = name === 'coco-ssd-onnx' ? (await cocoSsd(() => undefined)).onnx : join(data!, 'models');
      images = photographs === 'demo' ? await demoPhotographs(() => undefined) : join(data!, 'coco-val2017/images');
      scratch = await mkdtemp(join(tmpdir(), 'qualm-rankings-'));
    });

    afterAll(() => rm(scratch, { recursive: true }));

    it('equal those of a Python script, from the same files on', async () => {
      const theirs = await rankInPython();
      const predictions = await predict();

      const all = await rank(predictions, 'margin', 1e6);
      const same = (a: RankedBox, b: RankedBox): boolean =>
        cornerDistance(a, b) < 0.05 && Math.abs(a.score - b.score) < tolerance;
      const boxes = all.map(rankedBox);
      const matched = matchBoxes(boxes, theirs.boxes, same);
      const corners = Math.max(
        ...matched.map((row, at) => cornerDistance(boxes[at]!, theirs.boxes[row] ?? boxes[at]!)),
      );
      say(
        `${boxes.length} boxes, ${theirs.boxes.length} in Python, ${matched.filter((row) => row < 0).length} unmatched, corners at most ${corners.toExponential(1)} pixels apart`,
      );
      expect(boxes.length).toBe(theirs.boxes.length);
      expect(matched).not.toContain(-1);

      for (const { option, column } of strategies) {
        const top = await rank(predictions, option, length);
        const wanted = theirs.orders[column].slice(0, length);
        const values = theirs.values[column];
        const rows = matchBoxes(top.map(rankedBox), theirs.boxes, same);
        const differences = top.map((row, at) => Math.abs(row[column] - values[rows[at]!]!));
        const moved = rows.filter((row, at) => row !== wanted[at]).length;
        const swaps = rows.map((row, at) => Math.abs(values[row]! - values[wanted[at]!]!));
        say(
          `${column}: top ${top.length}, values at most ${Math.max(...differences).toExponential(1)} apart, ${moved} in another place, by at most ${Math.max(...swaps).toExponential(1)}`,
        );
        expect(top).toHaveLength(Math.min(length, values.length));
        expect(Math.max(...differences)).toBeLessThan(tolerance);
        expect(Math.max(...swaps)).toBeLessThan(tolerance);
      }
    });

    async function rankInPython(): Promise<Omit<PythonRanking, 'rows'> & { boxes: RankedBox[] }> {
      const spec = JSON.parse(await readFile(join(root, 'examples/models', `${name}.json`), 'utf8')) as {
        labels: { name: string }[];
      };
      const script = join(root, 'integration/python/rankings.py');
      const found = (await runPython(python, script, [
        ...[name, join(modelRoot, file), images, String(photographsAtMost)],
      ])) as PythonRanking;
      return { ...found, boxes: found.rows.map((row) => ({ ...row, label: spec.labels[row.label]!.name })) };
    }

    async function predict(): Promise<string> {
      const model = ['--model', join(root, 'examples/models', `${name}.json`), '--model-root', modelRoot];
      const limit = ['--limit', String(photographsAtMost)];
      await qualm('predict', '--images', images, ...model, '--device', 'cpu', ...limit, '--out', join(scratch, 'out'));
      return join(scratch, 'out');
    }

    async function rank(predictions: string, strategy: string, limit: number): Promise<Row[]> {
      const options = ['--strategy', strategy, '--min-score', '0', '--limit', String(limit), '--json'];
      return JSON.parse(await qualm('rank', predictions, ...options)) as Row[];
    }

    function say(text: string): void {
      process.stdout.write(`${name}, ${photographs}: ${text}\n`);
    }
  },
);

function rankedBox({ image_id, box, label, score }: Row): RankedBox {
  return { image: image_id, box: [box.xmin, box.ymin, box.xmax, box.ymax], label, score };
}
