import type { HeadSpec, SelectionSpec } from '@qualm/types';

type Selection = Required<SelectionSpec>;

const common: Selection = {
  scoreThreshold: 0.01,
  iouThreshold: 0.6,
  maxCandidates: 1000,
  maxDetections: 100,
  duplicates: 'drop',
  minScore: 0.5,
};

const defaults: Record<Exclude<HeadSpec['type'], 'classifier'>, Selection> = {
  ssd: { ...common, iouThreshold: 0.45, maxCandidates: 400, maxDetections: 200 },
  yolox: { ...common, iouThreshold: 0.65 },
  yolov8: { ...common, iouThreshold: 0.7, maxDetections: 300 },
  nanodet: common,
  fastestdet: { ...common, iouThreshold: 0.45 },
  centernet: { ...common, iouThreshold: 1 },
};

/** The head's selection with its type's defaults filled in; the README's table lists them. */
export function selectionOf(head: Exclude<HeadSpec, { type: 'classifier' }>): Selection {
  const base = defaults[head.type];
  return {
    scoreThreshold: head.scoreThreshold ?? base.scoreThreshold,
    iouThreshold: head.iouThreshold ?? base.iouThreshold,
    maxCandidates: head.maxCandidates ?? base.maxCandidates,
    maxDetections: head.maxDetections ?? base.maxDetections,
    duplicates: head.duplicates ?? base.duplicates,
    minScore: head.minScore ?? base.minScore,
  };
}
