import { serveThread } from '@qualm/threads';
import { openSession } from './worker/open-session.ts';

await serveThread(openSession);
