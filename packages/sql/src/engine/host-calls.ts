import { receiveMessageOnPort } from 'node:worker_threads';
import type { TransferListItem } from 'node:worker_threads';
import { QualmError } from '@qualm/types';
import { errorOf } from '../error-data.ts';
import type { Answer, EngineData, HostRequests } from '../protocol.ts';

/** Asks the caller's thread, and waits for what it answers: DuckDB's functions cannot be
 * asynchronous.
 */
export interface HostCalls {
  call<Name extends keyof HostRequests>(
    name: Name,
    request: HostRequests[Name]['request'],
    transfer?: readonly TransferListItem[],
  ): HostRequests[Name]['answer'];
  /** @throws QualmError `aborted` where the running statement was cancelled. */
  assertNotCancelled(): void;
}

/** @param data the port of the calls, and the bell that the caller's thread rings. */
export function createHostCalls({ calls, bell }: Pick<EngineData, 'calls' | 'bell'>): HostCalls {
  let last = 0;
  const assertNotCancelled = (): void => {
    if (Atomics.load(bell, 1) === 1) throw new QualmError('aborted', 'sql: the statement was cancelled');
  };
  return {
    assertNotCancelled,
    call(name, request, transfer = []) {
      const id = ++last;
      calls.postMessage({ id, name, request }, transfer);
      for (;;) {
        const rung = Atomics.load(bell, 0);
        const received = receiveMessageOnPort(calls) as { readonly message: Answer } | undefined;
        if (received?.message.id === id) return valueOf(received.message);
        if (received) continue;
        assertNotCancelled();
        Atomics.wait(bell, 0, rung);
      }
    },
  };
}

function valueOf({ value, error }: Answer): never {
  if (error) throw errorOf(error);
  return value as never;
}
