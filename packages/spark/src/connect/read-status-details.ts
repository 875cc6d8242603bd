import { fromBinary } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { ErrorInfoSchema, RetryInfoSchema } from '../generated/google/rpc/error_details_pb.ts';
import { StatusSchema } from '../generated/google/rpc/status_pb.ts';

/** What a server attaches to the status of a call. */
export interface StatusDetails {
  /** The metadata of a google.rpc.ErrorInfo. */
  readonly info: Readonly<Record<string, string>> | null;
  /** The milliseconds of a google.rpc.RetryInfo. */
  readonly retryAfter: number | null;
}

/** Reads the trailer `grpc-status-details-bin`, a google.rpc.Status. Bytes that are none say
 * nothing.
 */
export function readStatusDetails(bytes: Uint8Array | null | undefined): StatusDetails {
  try {
    return bytes ? readStatus(bytes) : nothing;
  } catch {
    return nothing;
  }
}

const nothing: StatusDetails = { info: null, retryAfter: null };

function readStatus(bytes: Uint8Array): StatusDetails {
  let { info, retryAfter } = nothing;
  for (const detail of fromBinary(StatusSchema, bytes).details) {
    info = anyUnpack(detail, ErrorInfoSchema)?.metadata ?? info;
    const delay = anyUnpack(detail, RetryInfoSchema)?.retryDelay;
    if (delay) retryAfter = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
  }
  return { info, retryAfter };
}
