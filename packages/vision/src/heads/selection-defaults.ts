import type { DetectorHead, HeadSpec, SelectionSpec } from '@qualm/types';

export type Selection = Required<SelectionSpec>;

const common: Selection = {
  scoreThreshold: 0.01,
  iouThreshold: 0.6,
  nms: 'per-class',
  maxCandidates: 1000,
  maxDetections: 100,
  duplicates: 'drop',
  minScore: 0.5,
};

/** What a spec says of the selection, over the defaults of its head; the README's table lists them.
 */
export function selectionOf({ defaults }: DetectorHead, head: HeadSpec): Selection {
  // The schema of a detector's head holds that of the selection, and the head was held against it.
  const said = head as HeadSpec & SelectionSpec;
  const base = { ...common, ...defaults };
  return {
    scoreThreshold: said.scoreThreshold ?? base.scoreThreshold,
    iouThreshold: said.iouThreshold ?? base.iouThreshold,
    nms: said.nms ?? base.nms,
    maxCandidates: said.maxCandidates ?? base.maxCandidates,
    maxDetections: said.maxDetections ?? base.maxDetections,
    duplicates: said.duplicates ?? base.duplicates,
    minScore: said.minScore ?? base.minScore,
  };
}
