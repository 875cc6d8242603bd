/** Labels of about one size among which a share is counted. */
const neighbours = 60;
/** So many labels of each class count as found as often as those of other classes. */
const prior = 5;

/** What a model makes of labels, in columns. */
export interface LabelsByFate {
  readonly areas: Float64Array;
  readonly labelIds: ArrayLike<number>;
  /** 1 where the model found nothing. */
  readonly missed: Uint8Array;
}

/** Of each label, the share of labels like it that the model misses, 0..1: of the sixty nearest in
 * area, times how much more often labels of its class are missed than others of their areas.
 */
export function missShares({ areas, labelIds, missed }: LabelsByFate): Float64Array {
  const shares = sharesBySize(areas, missed);
  const classes = new Map<number, { missed: number; expected: number }>();
  shares.forEach((share, row) => {
    const sum = classes.get(labelIds[row]!) ?? { missed: prior, expected: prior };
    classes.set(labelIds[row]!, { missed: sum.missed + missed[row]!, expected: sum.expected + share });
  });
  return shares.map((share, row) => {
    const ofClass = classes.get(labelIds[row]!)!;
    return Math.min(1, (share * ofClass.missed) / ofClass.expected);
  });
}

/** Labels of equal area have one share, whatever their order. */
function sharesBySize(areas: Float64Array, missed: Uint8Array): Float64Array {
  const { length } = areas;
  const rows = Uint32Array.from(areas.keys()).sort((a, b) => areas[a]! - areas[b]!);
  const before = new Uint32Array(length + 1);
  rows.forEach((row, place) => (before[place + 1] = before[place]! + missed[row]!));
  const shares = new Float64Array(length);
  for (let first = 0, end = 0; first < length; first = end) {
    while (end < length && areas[rows[end]!] === areas[rows[first]!]) end++;
    const middle = Math.floor((first + end - neighbours) / 2);
    const from = Math.max(0, Math.min(first, middle, length - neighbours));
    const to = Math.min(length, Math.max(end, from + neighbours));
    const share = (before[to]! - before[from]!) / (to - from);
    for (let place = first; place < end; place++) shares[rows[place]!] = share;
  }
  return shares;
}
