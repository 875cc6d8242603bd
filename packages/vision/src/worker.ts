import { serveThread } from '@qualm/threads';
import { createFiller } from './create-filler.ts';
import type { FillStart } from './fill-request.ts';

await serveThread(async (start: FillStart) => {
  const fill = await createFiller(start);
  return { info: null, answer: async (request: Parameters<typeof fill>[0]) => ({ value: await fill(request) }) };
});
