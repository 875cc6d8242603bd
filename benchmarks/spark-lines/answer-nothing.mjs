/* Usage: as `qualm-worker`. Answers each line without a model, by the lines of `@qualm/worker`. */
import { serveLines, workerVersion } from '@qualm/worker';

const fingerprint = 'nothing';
if (process.argv.includes('--fingerprint')) {
  const about = {
    v: workerVersion,
    worker: fingerprint,
    node: process.version,
    platform: process.platform,
    qualm: '0',
  };
  process.stdout.write(`${JSON.stringify(about)}\n`);
  process.exit(0);
}
const worker = {
  fingerprint,
  async *answers(requests) {
    const known = { v: workerVersion, worker: fingerprint, width: 640, height: 480 };
    for await (const { id, image = null } of requests) {
      yield { ...known, id, image, detections: [], measures: null, error: null };
    }
  },
  dispose: async () => {},
};
await serveLines({ worker, input: process.stdin, output: process.stdout });
