// Merges shares until it is done or killed: node merge-process.js <out> <share>...
import { mergePredictions } from '../../dist/index.js';

const [out, ...shares] = process.argv.slice(2);
process.stdout.write('merging\n');
await mergePredictions(shares, out);
