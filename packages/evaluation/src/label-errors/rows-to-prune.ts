/** How many of the rows with each label are to go, by the class they likely are of: [numClasses,
 * numClasses], from a calibrated joint. A label keeps `minKept` rows on the diagonal: what it
 * lacks there is spared in equal parts from its other counts. */
export function rowsToPrune(joint: Uint32Array, numClasses: number, minKept: number): Uint32Array {
  const counts = joint.slice();
  for (let label = 0; label < numClasses; label++) {
    const row = counts.subarray(label * numClasses, (label + 1) * numClasses);
    const lacking = Math.max(minKept - row[label]!, 0);
    const others = Math.max(row.filter((count) => count > 0).length - 1, 1);
    for (let k = 0; k < numClasses; k++) {
      row[k] = k === label ? row[k]! + lacking : Math.max(row[k]! - lacking / others, 0);
    }
  }
  return counts;
}
