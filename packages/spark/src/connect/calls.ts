import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { Metadata, status } from '@grpc/grpc-js';
import type { Client, ServiceError } from '@grpc/grpc-js';
import { CallFailure } from './call-failure.ts';

type Method = DescMethod & { readonly input: DescMessage; readonly output: DescMessage };
type Input<M extends Method> = MessageInitShape<M['input']>;
type Output<M extends Method> = MessageShape<M['output']>;

/** How a call is made. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that it may take. */
  readonly timeout?: number | undefined;
}

/** Calls of a server. Each throws a `CallFailure`, or the reason of its signal. */
export interface Calls {
  /** One message for one. */
  one<M extends Method>(method: M, request: Input<M>, options?: CallOptions): Promise<Output<M>>;
  /** Messages for one, as fast as they are read. */
  many<M extends Method>(
    method: M,
    request: Input<M>,
    options?: CallOptions,
  ): AsyncGenerator<Output<M>, void, undefined>;
  /** One message for many, which are asked for as fast as they are sent. */
  send<M extends Method>(method: M, requests: AsyncIterable<Input<M>>, options?: CallOptions): Promise<Output<M>>;
}

/** Calls over a connection, each with the same headers.
 * @param headers are asked for before each call: a token may have changed.
 */
export function createCalls(client: Client, headers: () => Promise<Readonly<Record<string, string>>>): Calls {
  const metadata = async (): Promise<Metadata> => {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(await headers())) metadata.set(name, value);
    return metadata;
  };
  return {
    async one(method, request, options = {}) {
      const { path, serialize, deserialize } = wireOf(method);
      const sent = await metadata();
      return cancellable(options.signal, (done, fail) =>
        client.makeUnaryRequest(path, serialize, deserialize, request, sent, deadlineOf(options), (error, value) =>
          error ? fail(error) : done(value!),
        ),
      );
    },
    async *many(method, request, options = {}) {
      const { path, serialize, deserialize } = wireOf(method);
      const { signal } = options;
      const sent = await metadata();
      signal?.throwIfAborted();
      const call = client.makeServerStreamRequest(path, serialize, deserialize, request, sent, deadlineOf(options));
      const cancel = (): void => call.cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      // What is said after nobody reads is nobody's error.
      call.on('error', () => undefined);
      try {
        yield* call as AsyncIterable<Output<typeof method>>;
      } catch (error) {
        throw failureOf(error, signal);
      } finally {
        signal?.removeEventListener('abort', cancel);
        call.cancel();
      }
    },
    async send(method, requests, options = {}) {
      const { path, serialize, deserialize } = wireOf(method);
      const sent = await metadata();
      return cancellable(options.signal, (done, fail) => {
        const call = client.makeClientStreamRequest(
          path,
          serialize,
          deserialize,
          sent,
          deadlineOf(options),
          (error, value) => (error ? fail(error) : done(value!)),
        );
        pipeline(Readable.from(requests), call as unknown as Writable).catch((error: unknown) => {
          // The server's own error comes by the callback; a file that cannot be read does not.
          if (isServiceError(error) || (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
          call.cancel();
          fail(error);
        });
        return call;
      });
    },
  };
}

function wireOf<M extends Method>(
  method: M,
): {
  readonly path: string;
  readonly serialize: (request: Input<M>) => Buffer;
  readonly deserialize: (bytes: Buffer) => Output<M>;
} {
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    serialize: (request) => Buffer.from(toBinary(method.input, create(method.input, request as never) as never)),
    deserialize: (bytes) => fromBinary(method.output, bytes) as Output<M>,
  };
}

function deadlineOf({ timeout }: CallOptions): { deadline?: number } {
  return timeout === undefined ? {} : { deadline: Date.now() + timeout };
}

function cancellable<T>(
  signal: AbortSignal | undefined,
  start: (done: (value: T) => void, fail: (error: unknown) => void) => { cancel(): void },
): Promise<T> {
  signal?.throwIfAborted();
  return new Promise<T>((done, fail) => {
    const call = start(
      (value) => {
        signal?.removeEventListener('abort', cancel);
        done(value);
      },
      (error) => {
        signal?.removeEventListener('abort', cancel);
        fail(failureOf(error, signal) as Error);
      },
    );
    const cancel = (): void => call.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

function failureOf(error: unknown, signal: AbortSignal | undefined): unknown {
  if (!isServiceError(error)) return error;
  if (signal?.aborted && error.code === status.CANCELLED) return signal.reason;
  return new CallFailure(error, { cause: error });
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && typeof (error as Partial<ServiceError>).code === 'number' && 'details' in error;
}
