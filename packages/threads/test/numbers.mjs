// A service of small numbers, as the tests of the pool want it: what a request asks for happens.
import { writeSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { serveThread } from '@qualm/threads';
import { QualmError } from '@qualm/types';

class Odd extends QualmError {}

/** Says that somebody is at the turnstile, and waits until it is open. */
async function passTurnstile(turnstile) {
  Atomics.add(turnstile, 1, 1);
  await Atomics.waitAsync(turnstile, 0, 0).value;
}

await serveThread(async ({ fault, turnstile, note = 'none' } = {}) => {
  // Something that would keep this thread for ever, as waiting at a turnstile does not.
  setInterval(() => undefined, 1_000);
  if (turnstile) await passTurnstile(turnstile);
  if (fault === 'ours') throw new QualmError('model-invalid', 'numbers: there are none');
  if (fault === 'foreign') throw new RangeError('out of numbers\nand more');
  if (fault === 'exit') process.exit(5);
  if (fault === 'uncloneable') return { info: () => 0, answer: () => 0 };
  const seen = [];
  return {
    info: { threadId, note },
    dispose: () => void (note === 'tell' && writeSync(1, 'disposed of\n')),
    async answer(request) {
      seen.push(request.id);
      if (request.turnstile) await passTurnstile(request.turnstile);
      // Native code does not let its thread go on to anything else.
      if (request.block) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, request.block);
      if (request.tell) writeSync(1, `${request.tell}\n`);
      if (request.exit) process.exit(7);
      if (request.fault === 'ours') throw new Odd('shape-mismatch', 'numbers: 3 is odd');
      if (request.fault === 'foreign') throw new RangeError('3 is odd\nand more');
      if (request.fault === 'uncloneable') return { value: () => 0 };
      if (request.print) console.log('printed');
      const bytes = Uint8Array.of(request.id ?? 0);
      return {
        value: { id: request.id, threadId, seen: [...seen], came: request.bytes, bytes },
        transfer: [bytes.buffer],
      };
    },
  };
});
