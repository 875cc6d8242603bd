import { create, toBinary } from '@bufbuild/protobuf';
import { anyPack, DurationSchema } from '@bufbuild/protobuf/wkt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatusDetails } from '../../src/connect/read-status-details.ts';
import { ErrorInfoSchema, RetryInfoSchema } from '../../src/generated/google/rpc/error_details_pb.ts';
import { StatusSchema } from '../../src/generated/google/rpc/status_pb.ts';

describe('readStatusDetails', () => {
  it('reads what Spark says, and how long to wait', () => {
    const metadata = { errorId: '1', errorClass: 'DIVIDE_BY_ZERO', sqlState: '22012' };
    const info = anyPack(
      ErrorInfoSchema,
      create(ErrorInfoSchema, { reason: 'x', domain: 'org.apache.spark', metadata }),
    );
    const retryDelay = create(DurationSchema, { seconds: 2n, nanos: 500_000_000 });
    const retry = anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay }));
    const bytes = toBinary(StatusSchema, create(StatusSchema, { code: 13, details: [info, retry] }));
    expect(readStatusDetails(bytes)).toEqual({ info: metadata, retryAfter: 2500 });
  });

  it('any other bytes say nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readStatusDetails(bytes)).toMatchObject({ retryAfter: null });
      }),
    );
    expect(readStatusDetails(undefined)).toEqual({ info: null, retryAfter: null });
  });
});
