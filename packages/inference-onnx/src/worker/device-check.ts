import type { OnnxDevice } from '../onnx-backend-options.ts';
import { createSession } from './create-session.ts';
import type { LoadedRuntime } from './load-runtime.ts';

/** A model of one product: `x` float32 [1, 3] -> `y` [1, 2], x times the weights 1 to 6. The test
 * of this file makes the same bytes.
 */
export const checkModel =
  'CAgSBXF1YWxtOm0KFQoBeAoBdxIBeRoAIgZNYXRNdWw6ABIFY2hlY2sqIwoCAwIQAUIBd0oYAACAPwAAAEAAAEBAAACAQAAAoEAAAMBAWhMKAXgSDgoMCAESCAoCCAEKAggDYhMKAXkSDgoMCAESCAoCCAEKAggCQgQKABAR';

/** Runs a small model there: a device that opens a session may still compute nothing, or wrong
 * numbers.
 * @throws Error saying what came.
 */
export async function assertComputes(runtime: LoadedRuntime, device: OnnxDevice): Promise<void> {
  const { ort } = runtime;
  const bytes = Buffer.from(checkModel, 'base64');
  const session = await createSession(runtime, { model: 'check' }, { bytes, folder: '.' }, device);
  try {
    const x = new ort.Tensor('float32', Float32Array.of(1, 2, 3), [1, 3]);
    const { y } = await session.run({ x });
    const came = Array.from(y!.data as Float32Array).join();
    if (came !== '22,28') throw new Error(`it computed ${came} for 22,28`);
  } finally {
    await session.release();
  }
}
