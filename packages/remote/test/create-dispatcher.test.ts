import type { lookup } from 'node:dns';
import { request } from 'undici';
import { expect, it } from 'vitest';
import { createDispatcher, PrivateAddressError } from '../src/net/create-dispatcher.ts';
import { startServer } from './fault-server.ts';

/** A resolver that answers with one list of addresses after the other. */
function resolverOf(...answers: readonly (readonly string[])[]): { lookup: typeof lookup; asked: () => number } {
  let asked = 0;
  const resolve = (_host: string, _options: unknown, callback: (error: null, found: object[]) => void): void => {
    const found = answers[Math.min(asked++, answers.length - 1)]!;
    callback(
      null,
      found.map((address) => ({ address, family: 4 })),
    );
  };
  return { lookup: resolve as unknown as typeof lookup, asked: () => asked };
}

const options = { timeoutMs: 1000, ca: undefined };

async function ask(answers: readonly (readonly string[])[], allowPrivate: boolean): Promise<unknown> {
  const { address, requests } = await startServer((_, response) => response.end('x'));
  const { lookup, asked } = resolverOf(...answers);
  const dispatcher = createDispatcher({ ...options, allowPrivate, lookup });
  const { port } = new URL(address);
  const error: unknown = await request(`http://images.example.org:${port}/`, { dispatcher }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect({ asked: asked(), requests: requests.length }).toEqual({ asked: 1, requests: 0 });
  return error;
}

it.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [['::ffff:127.0.0.1']]])(
  'no connection is made to a name that is %j by then',
  async (addresses) => {
    expect(await ask([addresses], false)).toBeInstanceOf(PrivateAddressError);
  },
);

it('a name is looked up once for a connection, which goes where that said', async () => {
  // A second answer, after the check, is never asked for.
  const { lookup, asked } = resolverOf(['192.0.2.1'], ['127.0.0.1']);
  const dispatcher = createDispatcher({ ...options, allowPrivate: false, lookup });
  await expect(request('http://images.example.org:9/', { dispatcher })).rejects.toBeInstanceOf(PrivateAddressError);
  expect(asked()).toBe(1);
});
