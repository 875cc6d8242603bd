/** A Float32Array that grows, and keeps its memory between uses. */
export interface GrowableFloat32 {
  readonly length: number;
  append(values: Float32Array): void;
  /** A copy of what is held. */
  copy(): Float32Array<ArrayBuffer>;
  /** The same; empty afterwards. */
  take(): Float32Array<ArrayBuffer>;
}

/** An Int32Array that grows, and keeps its memory between uses. */
export interface GrowableInt32 {
  readonly length: number;
  append(values: Int32Array): void;
  copy(): Int32Array<ArrayBuffer>;
  take(): Int32Array<ArrayBuffer>;
}

export function growableFloat32(): GrowableFloat32 {
  return growable((length) => new Float32Array(length));
}

export function growableInt32(): GrowableInt32 {
  return growable((length) => new Int32Array(length));
}

interface NumberArray {
  readonly length: number;
  set(values: ArrayLike<number>, offset?: number): void;
}

function growable<T extends NumberArray & { slice(start: number, end: number): T }>(
  allocate: (length: number) => T,
): { readonly length: number; append(values: ArrayLike<number>): void; copy(): T; take(): T } {
  let storage = allocate(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(values) {
      if (length + values.length > storage.length) {
        const larger = allocate(Math.max(2 * storage.length, length + values.length));
        larger.set(storage as unknown as ArrayLike<number>);
        storage = larger;
      }
      storage.set(values, length);
      length += values.length;
    },
    copy: () => storage.slice(0, length),
    take() {
      const taken = storage.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
