import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTensor } from '@qualm/types';

const model = await createOnnxBackend({ device: 'cpu', sessions: 1 }).load({ model: process.argv[2]! });
const { y } = await model.run({ x: createTensor('float32', [1, 3], Float32Array.of(1, 2, 3)) });
console.log(model.device, y?.shape.join(), y?.data.join());
await model.dispose();
