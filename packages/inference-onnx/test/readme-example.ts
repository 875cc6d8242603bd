import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTensor } from '@qualm/types';

const backend = createOnnxBackend(); // CUDA where it can, else one session for each core
const model = await backend.load({ model: 'affine.onnx' });
console.log(model.inputs); // [{ name: 'x', dtype: 'float32', shape: [null, 3] }]

const x = createTensor('float32', [1, 3], Float32Array.of(1, 2, 3));
const { y } = await model.run({ x }, { signal: AbortSignal.timeout(60_000) });
console.log(y?.shape, y?.data); // [1, 2], Float32Array [22.5, 27]
await model.dispose();
