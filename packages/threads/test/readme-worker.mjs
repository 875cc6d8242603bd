import { serveThread } from '@qualm/threads';

await serveThread(async (exponent) => ({
  info: { exponent },
  answer: async (base) => ({ value: base ** exponent }),
}));
