// A session that doubles what it is given, as a backend's module: what its options ask for happens.
import { threadId } from 'node:worker_threads';
import { serveSession } from '@qualm/threads';
import { QualmError } from '@qualm/types';

const info = (name) => ({ name, dtype: 'float32', shape: [null] });

export async function open({ sessions = 1, device = 'auto', isOnThread = true, fault }, first) {
  if (fault === 'open') throw new QualmError('model-invalid', 'doubling: broken');
  if (first && first.device !== 'quick') throw new Error('the first session settles the device');
  return {
    info: {
      ...{ inputs: [info('x')], outputs: [info('y'), info('same')], warnings: [], sessions, isOnThread },
      device: device === 'auto' ? 'quick' : device,
    },
    async run({ x }, outputs) {
      if (x.data[0] === -1) process.exit(7);
      const y = { ...x, data: x.data.map((value) => 2 * value) };
      const known = { y, same: y, thread: { dtype: 'int32', shape: [1], data: Int32Array.of(threadId) } };
      return Object.fromEntries(outputs.map((name) => [name, known[name]]));
    },
    dispose: () => undefined,
  };
}

await serveSession(open);
