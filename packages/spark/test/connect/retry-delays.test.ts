import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { CallFailure } from '../../src/connect/call-failure.ts';
import { createRetries, sparkDelays } from '../../src/connect/retry-delays.ts';

const failed = (code: number, details = 'no'): CallFailure =>
  new CallFailure({ code, details, metadata: new Metadata() });

describe('createRetries', () => {
  it("waits as Spark's own clients do: 15 times, at least ten minutes", () => {
    // pyspark 4.3, sql/connect/client/retries.py: DefaultPolicy
    expect(sparkDelays.slice(0, 7)).toEqual([50, 200, 800, 3200, 12_800, 51_200, 60_000]);
    expect(sparkDelays).toHaveLength(15);
    expect(sparkDelays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(600_000);
  });

  it('gives up when there is no delay left, and begins anew after a success', async () => {
    const retries = createRetries([0, 0]);
    const failure = failed(status.UNAVAILABLE);
    await retries.wait(failure);
    await retries.wait(failure);
    retries.gotFurther();
    await retries.wait(failure);
    await retries.wait(failure);
    await expect(retries.wait(failure)).rejects.toBe(failure);
  });

  it.each([
    [status.UNAVAILABLE, 'gone', true],
    [status.INTERNAL, '[INVALID_CURSOR.DISCONNECTED] another', true],
    [status.INTERNAL, '[DIVIDE_BY_ZERO] by zero', false],
    [status.UNAUTHENTICATED, 'no token', false],
    [status.UNIMPLEMENTED, 'what?', false],
  ])('status %s (%s) is tried again: %s', async (code, details, isTransient) => {
    const waiting = createRetries([0]).wait(failed(code, details));
    if (isTransient) await expect(waiting).resolves.toBeUndefined();
    else await expect(waiting).rejects.toThrow(details);
  });

  it('a signal ends the wait', async () => {
    const waiting = createRetries([100_000], AbortSignal.abort()).wait(failed(status.UNAVAILABLE));
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
