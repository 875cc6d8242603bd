/* A worker of nothing: it speaks the lines of a worker, finds two boxes everywhere, and does wrong
 * what `--fault` says.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
const valueOf = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const fault = valueOf('--fault');
const isFlat = valueOf('--form') === 'detections';
const pids = valueOf('--pids');
if (pids) appendFileSync(pids, `${process.pid} ${process.cwd()}\n`);

if (args.includes('--fingerprint')) {
  if (fault === 'dumb') process.exit(0);
  const v = fault === 'old' ? 2 : 1;
  process.stdout.write(
    `${JSON.stringify({ v, worker: 'w1', node: process.version, platform: 'linux-x64', qualm: '0' })}\n`,
  );
  process.exit(0);
}
if (fault === 'hash') {
  process.stderr.write('qualm-worker: the model is 1a2b, expected 3c4d; name the model that was meant\n');
  process.exit(1);
}

/** In the place of the third answer. */
const lines = {
  garbage: () => ['hello there'],
  empty: () => [''],
  braces: () => ['{}'],
  version: (good) => [{ ...good, v: 2 }],
  other: (good) => [{ ...good, worker: 'w2' }],
  behind: (good) => [`${JSON.stringify(good)} rubbish`],
  type: (good) => [{ ...good, width: 'ten' }],
  without: ({ detections: _, ...rest }) => [rest],
  nan: (good) => [JSON.stringify(good).replace('30.5', 'NaN')],
  swapped: (good) => [{ ...good, image: 'other.jpg' }],
  stranger: (good) => [good, { ...good, id: '1000' }],
};

let count = 0;
const say = (value) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { id, image = null } = JSON.parse(line);
  count++;
  const seed = [...String(id)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) / 997;
  const box = { xmin: 1, ymin: 2, xmax: 30.5, ymax: 0.1 };
  const scores = [0.5 + seed / 2, seed / 3, 0.1];
  const row = isFlat ? { box, score: scores[0], label_id: 1 } : { box, scores, label_ids: [3, 1, 2] };
  const answer = { v: 1, worker: 'w1', id, image, width: 10, height: 10 };
  const good = { ...answer, detections: [row, row], measures: { seed }, error: null };
  const marked = {
    ...answer,
    detections: null,
    measures: null,
    error: { code: 'image-missing', message: `no ${image}` },
  };
  if (fault === 'half' && count > 5) process.exit(0);
  if (fault === 'killed') process.kill(process.pid, 'SIGKILL');
  if (fault === 'twice') say(good);
  if (fault === 'failing' && id.endsWith('7')) say(marked);
  else if (count !== 3 || !(fault in lines)) say(good);
  else for (const bad of lines[fault](good)) say(bad);
  const wait = Number(valueOf('--wait') ?? 0);
  if (wait) await new Promise((done) => setTimeout(done, wait));
}
