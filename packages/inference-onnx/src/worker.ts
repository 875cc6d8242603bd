import { serveSession } from '@qualm/threads';
import { openSession } from './worker/open-session.ts';

export { openSession as open };
await serveSession(openSession);
