import { serveThread } from '@qualm/threads';
import { openTfjsSession } from './tfjs-session.ts';
import type { SessionConfig, SessionRequest } from './tfjs-session.ts';

await serveThread(async (config: SessionConfig) => {
  const session = await openTfjsSession(config);
  return {
    info: session.info,
    async answer({ inputs, outputs }: SessionRequest) {
      const value = await session.run(inputs, outputs);
      return { value, transfer: Object.values(value).map(({ data }) => data.buffer as ArrayBuffer) };
    },
    dispose: () => session.dispose(),
  };
});
