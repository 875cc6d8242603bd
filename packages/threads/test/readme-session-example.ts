import { createSessionBackend } from '@qualm/threads';
import { createTensor } from '@qualm/types';

const module = new URL('./readme-session.mjs', import.meta.url).href;
const backend = createSessionBackend('times', async ({ model }) => {
  return { name: `times "${model}"`, module, options: { factor: 3 } };
});
const model = await backend.load({ model: '/models/a' });
const { y } = await model.run({ x: createTensor('float32', [2], Float32Array.of(1, 2)) });
console.log(model.concurrency, y?.data); // 2 Float32Array [3, 6]
await model.dispose();
