import { serveSessionWith } from '@qualm/threads';
import { useForImages } from './use-for-images.ts';

await serveSessionWith(useForImages);
