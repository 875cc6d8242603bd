import { join } from 'node:path';
import { fromFloat16 } from '@qualm/types';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { anotherNode, otherNodes, printedBy } from '../src/another-node.ts';
import { root } from '../src/repository.ts';

const folder = join(root, 'packages/pipeline/fixtures/float16');

/** Tensors in shared memory and not, as preprocessors and people make them. */
const script = `
  import { readFile } from 'node:fs/promises';
  import { createOnnxBackend } from '@qualm/inference-onnx';
  const { images } = JSON.parse(await readFile(${JSON.stringify(join(folder, 'expected.json'))}, 'utf8'));
  const model = await createOnnxBackend({ device: 'cpu', sessions: 1 }).load({
    model: ${JSON.stringify(join(folder, 'float16.onnx'))},
  });
  const plain = Uint16Array.from(images);
  const shared = new Uint16Array(new SharedArrayBuffer(plain.byteLength));
  shared.set(plain);
  const answers = [];
  for (const data of [plain, shared]) {
    const { scores } = await model.run({ images: { dtype: 'float16', shape: [1, 3, 16, 16], data } }, { outputs: ['scores'] });
    answers.push([scores.dtype, scores.data.constructor.name, ...scores.data]);
  }
  await model.dispose();
  console.log(JSON.stringify({ node: process.version, hasFloat16Array: 'Float16Array' in globalThis, answers }));
`;

describe('a model of float16', () => {
  it.each(otherNodes)("gives the scores of Python's onnxruntime on Node %s", async (version) => {
    const program = await anotherNode(version);
    const printed = await printedBy(program, script, join(root, 'integration'));
    const { node, hasFloat16Array, answers } = JSON.parse(printed) as {
      node: string;
      hasFloat16Array: boolean;
      answers: [string, string, ...number[]][];
    };
    expect({ node, hasFloat16Array }).toEqual({ node: `v${version}`, hasFloat16Array: version.startsWith('24') });
    const { scores } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as { scores: number[] };
    for (const [dtype, storage, ...halves] of answers) {
      expect([dtype, storage]).toEqual(['float16', 'Uint16Array']);
      const found = fromFloat16(Uint16Array.from(halves));
      for (const [at, score] of scores.entries()) expect(Math.abs(found[at]! - score)).toBeLessThan(2 ** -10 * score);
    }
    expect(answers).toHaveLength(2);
  });
});
