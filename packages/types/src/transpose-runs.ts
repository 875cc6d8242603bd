import { runsFromToggles } from './mask-runs.ts';

/** Runs along lines as runs across them: from rows to columns, or back. The work grows with the runs, not the pixels. */
export function transposeRuns(runs: Uint32Array, lineLength: number, lines: number): Uint32Array {
  const toggles: number[] = [];
  let above: number[] = [];
  let reader = { index: 0, end: runs[0]! };
  for (let line = 0; line <= lines; line++) {
    const changes: number[] = [];
    if (line < lines) reader = readLine(runs, reader, line * lineLength, lineLength, changes);
    for (const [from, to] of differences(above, changes)) {
      for (let across = from; across < to; across++) toggles.push(across * lines + line);
    }
    above = changes;
  }
  return runsFromToggles(Uint32Array.from(toggles).sort(), lineLength * lines);
}

interface Reader {
  /** The run under way; ones when odd. */
  readonly index: number;
  /** Where it ends in the whole picture. */
  readonly end: number;
}

/** Appends the places of one line where the value changes, an even number of them: the line is closed at its end. */
function readLine(runs: Uint32Array, reader: Reader, start: number, lineLength: number, changes: number[]): Reader {
  let { index, end } = reader;
  if (index & 1) changes.push(0);
  while (end < start + lineLength) {
    changes.push(end - start);
    end += runs[++index]!;
  }
  if (index & 1) changes.push(lineLength);
  if (end === start + lineLength && index + 1 < runs.length) end += runs[++index]!;
  return { index, end };
}

/** The stretches where exactly one of two lines has ones. */
function differences(first: readonly number[], second: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  let [i, j, open] = [0, 0, -1];
  while (i < first.length || j < second.length) {
    const a = first[i] ?? Infinity;
    const b = second[j] ?? Infinity;
    if (a <= b) i++;
    if (b <= a) j++;
    if (a === b) continue;
    const place = Math.min(a, b);
    if (open < 0) {
      open = place;
    } else {
      if (open < place) found.push([open, place]);
      open = -1;
    }
  }
  return found;
}
