import type { ScoreMatrix } from '@qualm/types';
import { compileModule } from '@qualm/types/rows';
import { bestClassesModule } from './best-classes.generated.ts';
import { createPlainBestClasses } from './plain-best-classes.ts';
import type { BestClasses, FindBestClasses } from './plain-best-classes.ts';

interface Global {
  readonly value: number;
}

/** What `assembly/best-classes.ts` exports. */
interface BestClassesExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly input: Global;
  readonly inputBytes: Global;
  readonly maxAnchors: Global;
  readonly floors: Global;
  readonly anchors: Global;
  readonly classes: Global;
  readonly numbers: Global;
  begin(low: number, high: number): void;
  areWithin(): number;
  findInRows(numAnchors: number, strideBytes: number, numClasses: number): number;
  beginColumns(numAnchors: number): void;
  addColumns(numAnchors: number, first: number, numClasses: number): void;
  findInColumns(numAnchors: number): number;
}

/** As `createPlainBestClasses`, by WebAssembly where it can be had, and where rows or columns are
 * one piece each and have room in its memory. */
export function createBestClasses(): FindBestClasses {
  const plain = createPlainBestClasses();
  const exports = compileModule(bestClassesModule)?.<BestClassesExports>();
  if (!exports) return plain;
  const finder = new WasmFinder(exports);
  return (matrix, floors, range) => {
    const { numClasses, anchorStride, classStride } = matrix;
    if (anchorStride === 1) return finder.inColumns(matrix, floors, range);
    const isFit = classStride === 1 && anchorStride >= numClasses && anchorStride <= finder.input.length;
    return isFit ? finder.inRows(matrix, floors, range) : plain(matrix, floors, range);
  };
}

class WasmFinder {
  readonly input: Float32Array;
  private readonly exports: BestClassesExports;
  private readonly maxAnchors: number;
  private readonly floors: Float32Array;
  /** What is found in a part of the anchors. */
  private readonly part: { readonly anchors: Int32Array; readonly classes: Int32Array; readonly raw: Float32Array };
  private anchors = new Int32Array(256);
  private classes = new Int32Array(256);
  private raw = new Float32Array(256);
  private length = 0;

  constructor(exports: BestClassesExports) {
    const { memory, input, inputBytes, maxAnchors, floors, anchors, classes, numbers } = exports;
    const { buffer } = memory;
    this.exports = exports;
    this.maxAnchors = maxAnchors.value;
    this.input = new Float32Array(buffer, input.value, inputBytes.value / 4);
    this.floors = new Float32Array(buffer, floors.value, maxAnchors.value);
    this.part = {
      anchors: new Int32Array(buffer, anchors.value, maxAnchors.value),
      classes: new Int32Array(buffer, classes.value, maxAnchors.value),
      raw: new Float32Array(buffer, numbers.value, maxAnchors.value),
    };
  }

  inRows(matrix: ScoreMatrix, floors: Float32Array, [low, high]: readonly [number, number]): BestClasses {
    const { data, offset, numAnchors, numClasses, anchorStride } = matrix;
    const { input, exports } = this;
    const most = Math.min(this.maxAnchors, Math.floor(input.length / anchorStride));
    this.begin(low, high);
    for (let first = 0; first < numAnchors; first += most) {
      const count = Math.min(most, numAnchors - first);
      const from = offset + first * anchorStride;
      input.set(data.subarray(from, from + (count - 1) * anchorStride + numClasses));
      this.floors.set(floors.subarray(first, first + count));
      this.add(first, exports.findInRows(count, 4 * anchorStride, numClasses));
    }
    return this.found();
  }

  inColumns(matrix: ScoreMatrix, floors: Float32Array, [low, high]: readonly [number, number]): BestClasses {
    const { data, offset, numAnchors, numClasses, classStride } = matrix;
    const { input, exports } = this;
    this.begin(low, high);
    for (let first = 0; first < numAnchors; first += this.maxAnchors) {
      const count = Math.min(this.maxAnchors, numAnchors - first);
      const most = Math.floor(input.length / count);
      this.floors.set(floors.subarray(first, first + count));
      exports.beginColumns(count);
      for (let c = 0; c < numClasses; c += most) {
        const columns = Math.min(most, numClasses - c);
        // Columns of which all anchors are wanted, and nothing else lies between, are one piece.
        const width = count === classStride ? columns * count : count;
        for (
          let to = 0, from = offset + c * classStride + first;
          to < columns * count;
          to += width, from += classStride
        )
          input.set(data.subarray(from, from + width), to);
        exports.addColumns(count, c, columns);
      }
      this.add(first, exports.findInColumns(count));
    }
    return this.found();
  }

  private begin(low: number, high: number): void {
    this.length = 0;
    this.exports.begin(low, high);
  }

  private add(first: number, count: number): void {
    const { part, length } = this;
    if (this.raw.length < length + count) this.grow(2 * (length + count));
    for (let i = 0; i < count; i++) this.anchors[length + i] = first + part.anchors[i]!;
    this.classes.set(part.classes.subarray(0, count), length);
    this.raw.set(part.raw.subarray(0, count), length);
    this.length += count;
  }

  private grow(capacity: number): void {
    const { anchors, classes, raw } = this;
    this.anchors = new Int32Array(capacity);
    this.classes = new Int32Array(capacity);
    this.raw = new Float32Array(capacity);
    this.anchors.set(anchors);
    this.classes.set(classes);
    this.raw.set(raw);
  }

  private found(): BestClasses {
    const { length, anchors, classes, raw, exports } = this;
    return { length, anchors, classes, raw, areWithin: exports.areWithin() !== 0 };
  }
}
