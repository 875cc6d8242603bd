// An entry that runs the session of its thread for what it is asked itself: a sum of doubles.
import { serveSessionWith } from '@qualm/threads';

await serveSessionWith((session, { more }) => async (numbers) => {
  const x = { dtype: 'float32', shape: [numbers.length], data: Float32Array.from(numbers) };
  const { y } = await session.run({ x }, ['y']);
  const bytes = Uint8Array.of(y.data.reduce((sum, value) => sum + value, more));
  return { value: { bytes, device: session.info.device }, transfer: [bytes.buffer] };
});
