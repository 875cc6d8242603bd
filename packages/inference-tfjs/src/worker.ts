import { serveSession } from '@qualm/threads';
import { openTfjsSession } from './tfjs-session.ts';

export { openTfjsSession as open };
await serveSession(openTfjsSession);
