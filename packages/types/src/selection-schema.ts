/** The JSON Schema of what every detector may say of its selection: thresholds, suppression, and
 * what is kept.
 */
export const selectionSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    scoreThreshold: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Class scores at or below this are dropped before suppression.',
    },
    iouThreshold: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Boxes that overlap a better one more than this are suppressed.',
    },
    nms: {
      enum: ['per-class', 'across'],
      description: 'Which boxes suppress each other: those of one class (when absent), or all, whatever their class.',
    },
    maxCandidates: { type: 'integer', minimum: 1, description: 'Candidates per class before suppression.' },
    maxDetections: { type: 'integer', minimum: 1, description: 'Detections per image after suppression.' },
    duplicates: {
      enum: ['drop', 'keep'],
      description:
        'drop keeps an anchor once, by its best class; keep lets it stand once for each class that it passes.',
    },
    minScore: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Detections below this are left out after suppression; class scores are never left out by it.',
    },
  },
} as const;
