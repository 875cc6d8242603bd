import type { RawScores } from '@qualm/types';

/** A growing list of (anchor, class, score), kept between images. */
export class Candidates {
  length = 0;
  /** What they were found in, where all its numbers are known to be what they have to be. */
  sound: RawScores | undefined;
  anchors: Int32Array = new Int32Array(256);
  classes: Int32Array = new Int32Array(256);
  scores: Float32Array = new Float32Array(256);

  push(anchor: number, classIndex: number, score: number): void {
    if (this.length === this.scores.length) this.grow();
    this.anchors[this.length] = anchor;
    this.classes[this.length] = classIndex;
    this.scores[this.length++] = score;
  }

  private grow(): void {
    const { anchors, classes, scores } = this;
    this.anchors = new Int32Array(2 * this.length);
    this.classes = new Int32Array(2 * this.length);
    this.scores = new Float32Array(2 * this.length);
    this.anchors.set(anchors);
    this.classes.set(classes);
    this.scores.set(scores);
  }
}
