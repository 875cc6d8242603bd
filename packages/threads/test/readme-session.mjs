import { serveSession } from '@qualm/threads';

const tensor = (name) => ({ name, dtype: 'float32', shape: [null] });

export async function open({ factor }) {
  const inputs = [tensor('x')];
  const outputs = [tensor('y')];
  return {
    info: { device: 'cpu', inputs, outputs, warnings: [], sessions: 2, isOnThread: true },
    run: async ({ x }) => ({ y: { ...x, data: x.data.map((value) => factor * value) } }),
    dispose: () => undefined,
  };
}
await serveSession(open);
