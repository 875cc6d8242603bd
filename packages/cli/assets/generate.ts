/** Makes the models that `qualm doctor` runs: y = x W + b with W [3, 2] = 1..6 and b = [0.5, -1].
 * Run it with tsx.
 */
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeOnnxToys, writeTfjsToys } from '@qualm/testkit';

const scratch = await mkdtemp(join(tmpdir(), 'qualm-doctor-'));
const onnx = await writeOnnxToys(join(scratch, 'onnx'));
const tfjs = await writeTfjsToys(join(scratch, 'tfjs'));
await cp(onnx.affine, join(import.meta.dirname, 'affine.onnx'));
await cp(dirname(tfjs.affine), join(import.meta.dirname, 'affine-tfjs'), { recursive: true });
