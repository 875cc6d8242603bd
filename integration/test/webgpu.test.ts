import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { chromiumPath } from '../src/chromium.ts';
import { root } from '../src/repository.ts';

/** Chromium brings Vulkan, and a renderer for it that computes on CPU: what WebGPU runs on where
 * there is no GPU.
 */
const place = chromiumPath().startsWith('/usr/bin/chromium') ? '/usr/lib/chromium' : null;
const renderer = place !== null && join(place, 'vk_swiftshader_icd.json');
const canRun = process.platform === 'linux' && renderer && existsSync(renderer);
if (!canRun) process.stderr.write('skipped: tests of WebGPU: no SwiftShader beside Chromium\n');

const script = (model: string) => `
  import { createOnnxBackend } from '@qualm/inference-onnx';
  let state = 1;
  const data = Float32Array.from({ length: 3 * 300 * 300 }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const answers = [];
  for (const device of ['cpu', 'webgpu']) {
    const model = await createOnnxBackend({ device, sessions: 1 }).load({ model: ${JSON.stringify(model)} });
    const outputs = await model.run({ image: { dtype: 'float32', shape: [1, 3, 300, 300], data } });
    answers.push({ device: model.device, outputs: [outputs.scores.data, outputs.boxes.data] });
    await model.dispose();
  }
  const [cpu, webgpu] = answers;
  const worst = cpu.outputs.map((numbers, at) =>
    numbers.reduce((worst, value, i) => Math.max(worst, Math.abs(value - webgpu.outputs[at][i])), 0));
  console.log(JSON.stringify({ devices: answers.map(({ device }) => device), worst }));
`;

describe.skipIf(!canRun)('WebGPU', () => {
  it("gives the SSD's scores and boxes as the CPU gives them, to 1e-3", async () => {
    const { onnx } = await cocoSsd(() => undefined);
    const vulkan = { LD_LIBRARY_PATH: place!, VK_ICD_FILENAMES: String(renderer), VK_DRIVER_FILES: String(renderer) };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script(join(onnx, 'coco-ssd.onnx'))],
      { cwd: join(root, 'integration'), env: { ...process.env, ...vulkan } },
    );
    process.stdout.write(`WebGPU: ${stdout}`);
    const { devices, worst } = JSON.parse(stdout) as { devices: string[]; worst: number[] };
    expect(devices).toEqual(['cpu', 'webgpu']);
    for (const difference of worst) expect(difference).toBeLessThan(1e-3);
  });
});
