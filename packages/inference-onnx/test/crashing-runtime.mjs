// The real runtime, but a run with a negative first value ends its thread, as a native fault would.
import { createRequire } from 'node:module';

const real = createRequire(import.meta.url)('onnxruntime-node');

export const { Tensor, env } = real;
export const InferenceSession = {
  async create(...args) {
    const session = await real.InferenceSession.create(...args);
    const run = session.run.bind(session);
    session.run = (feeds, ...rest) => (feeds.x.data[0] < 0 ? process.exit(7) : run(feeds, ...rest));
    return session;
  },
};
