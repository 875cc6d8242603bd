import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import { expect, it } from 'vitest';
import { select } from '../src/index.ts';
import { lines, runCli, temporaryFolder } from './run-cli.ts';
import { writeImages } from './toy-images.ts';
import { toySpec } from './toy-model.ts';

/** Four boxes, the quarters of the image, each with the best class of its mean colour and how sure
 * that is: all that a model keeps which suppresses boxes itself.
 */
function oneScoreABox(): Uint8Array {
  const corners = [0, 0, 16, 16, 16, 0, 32, 16, 0, 16, 16, 32, 16, 16, 32, 32];
  const pool = { kernel_shape: { ints: [16, 16] }, strides: { ints: [16, 16] } };
  const last = { axis: { int: 2 } };
  return encodeOnnxModel({
    name: 'one-score',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 32, 32] }],
    outputs: [{ name: 'output0', dtype: 'float32', shape: [1, 4, 6] }],
    initializers: [
      { name: 'corners', dtype: 'float32', shape: [1, 4, 4], data: Float32Array.from(corners) },
      { name: 'four', dtype: 'float32', shape: [1], data: Float32Array.of(4) },
      { name: 'shape', dtype: 'int64', shape: [3], data: BigInt64Array.of(1n, 3n, 4n) },
    ],
    nodes: [
      { op: 'AveragePool', inputs: ['x'], outputs: ['means'], attributes: pool },
      { op: 'Reshape', inputs: ['means', 'shape'], outputs: ['flat'] },
      { op: 'Transpose', inputs: ['flat'], outputs: ['rows'], attributes: { perm: { ints: [0, 2, 1] } } },
      { op: 'Mul', inputs: ['rows', 'four'], outputs: ['logits'] },
      { op: 'Softmax', inputs: ['logits'], outputs: ['all'], attributes: last },
      { op: 'ReduceMax', inputs: ['all'], outputs: ['best'], attributes: { axes: { ints: [2] } } },
      { op: 'ArgMax', inputs: ['all'], outputs: ['place'], attributes: last },
      { op: 'Cast', inputs: ['place'], outputs: ['class'], attributes: { to: { int: 1 } } },
      { op: 'Concat', inputs: ['corners', 'best', 'class'], outputs: ['output0'], attributes: last },
    ],
  });
}

/** A folder with such a model and photographs, of which grey is the least sure. */
async function project(head: object = {}): Promise<string> {
  const folder = await temporaryFolder();
  await writeImages(join(folder, 'photos'), { 'red.jpg': [255, 0, 0], 'grey.jpg': [128, 128, 128] });
  await writeFile(join(folder, 'one.onnx'), oneScoreABox());
  const { scoreKind: _softmax, ...rest } = toySpec;
  const own = { type: 'end-to-end', outputs: { predictions: 'output0' }, ...head };
  await writeFile(
    join(folder, 'one.json'),
    JSON.stringify({ ...rest, name: 'one', files: { model: 'one.onnx' }, head: own }),
  );
  return folder;
}

const predict = ['predict', '--images', 'photos', '--model', 'one.json'];
const howToMend = 'export the model again without its own suppression';

it('predict gives detections, and refuses class scores with how to export again', async () => {
  const cwd = await project();
  const { code, stdout } = await runCli([...predict, '--min-score', '0', '--out', '-'], { cwd });
  expect(code).toBe(0);
  const [grey, red] = lines(stdout) as { detections: { label_id: number; score: number }[] }[];
  expect(red!.detections.map(({ label_id }) => label_id)).toEqual([1, 1, 1, 1]);
  expect(grey!.detections[0]!.score).toBeCloseTo(1 / 3, 2);
  for (const args of [
    ['--form', 'class_scores', '--out', '-'],
    ['--scores', 'scores.npz'],
  ]) {
    const refused = await runCli([...predict, ...args], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('head end-to-end gives no class_scores');
    expect(refused.stderr).toContain(howToMend);
  }
});

it('select ranks all boxes by their one score, in a folder and in memory, and rank does so again', async () => {
  const cwd = await project();
  const { code, stderr } = await runCli(
    ['select', '--images', 'photos', '--model', 'one.json', '--min-score', '0', '--out', 'out'],
    { cwd },
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain('these predictions keep one score of each box');
  const { images } = JSON.parse(await readFile(join(cwd, 'out/selection.json'), 'utf8')) as {
    readonly images: readonly { readonly image_id: string; readonly boxes: number }[];
  };
  expect(images.map(({ image_id, boxes }) => [image_id, boxes])).toEqual([['grey.jpg', 4], ['red.jpg', 4]]); // prettier-ignore
  const found = await select({ images: join(cwd, 'photos'), model: join(cwd, 'one.json'), minScore: 0 });
  expect(found.toTable().array('image_id')).toEqual(['grey.jpg', 'red.jpg']);
  const ranked = await runCli(['rank', 'out/predictions', '--level', 'images', '--min-score', '0', '--out', '-'], {
    cwd,
  });
  expect({ code: ranked.code, stderr: ranked.stderr }).toMatchObject({ code: 0 });
  expect(ranked.stdout.indexOf('grey.jpg')).toBeLessThan(ranked.stdout.indexOf('red.jpg'));
});

it('models show, models log and sql take it as what it is', async () => {
  const cwd = await project();
  expect((await runCli(['models', 'show', 'one.json'], { cwd })).stdout).toContain('head     end-to-end, 3 classes');
  const logged = await runCli(['models', 'log', 'one.json', '--name', 'one'], { cwd });
  expect({ code: logged.code, stderr: logged.stderr }).toMatchObject({ code: 0 });
  const shown = await runCli(['models', 'show', 'mlflow:/one/1'], { cwd });
  expect(shown.stdout).toContain('onnx, end-to-end, detections');
  const refused = await runCli(['models', 'log', 'one.json', '--name', 'two', '--form', 'class_scores'], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(howToMend);
  const query = "SELECT image_id, unnest(ML_PREDICT(one, image)).label AS label FROM read_images('photos')";
  const rows = await runCli(['sql', '--model', 'one.json', '--ndjson', '-c', query], { cwd });
  expect({ code: rows.code, stderr: rows.stderr }).toMatchObject({ code: 0 });
  expect(lines(rows.stdout)).toEqual(Array.from({ length: 4 }, () => ({ image_id: 'red.jpg', label: 'red' })));
});

it('a spec that asks for class scores is refused', async () => {
  const cwd = await project();
  const spec = JSON.parse(await readFile(join(cwd, 'one.json'), 'utf8')) as object;
  await writeFile(join(cwd, 'one.json'), JSON.stringify({ ...spec, form: 'class_scores' }));
  expect((await runCli([...predict, '--out', '-'], { cwd })).stderr).toContain(howToMend);
});
