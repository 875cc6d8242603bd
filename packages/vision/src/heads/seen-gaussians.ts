import type { KeptOfGroup } from './group-suppressor.ts';

const epsilon = 1e-7;

/** The Bhattacharyya distance at which the overlap of two Gaussians is so much: overlap is
 * 1 - sqrt(1 - exp(-distance)). */
function distanceOf(overlap: number): number {
  return -Math.log(1 - (1 - overlap) ** 2 + epsilon);
}

/** Turned boxes of one group, each cx, cy, width, height and angle, as Gaussians: their middle, and
 * their covariance [[a, c], [c, b]]. A box is kept that overlaps no better one by more than a
 * threshold, whether that one was kept or not. Overlap is that of the Gaussians (ProbIoU). Both are
 * ultralytics' ways, so that the same boxes stay.
 * @see Llerena et al. 2021, "Gaussian Bounding Boxes and Probabilistic Intersection-over-Union"
 * @see https://github.com/ultralytics/ultralytics/blob/main/ultralytics/utils/metrics.py,
 * batch_probiou
 */
export class SeenGaussians implements KeptOfGroup {
  private length = 0;
  /** Of each x, y, a, b, c and the determinant. */
  private numbers = new Float64Array(6 * 8);
  private readonly farthest: number;

  constructor(threshold: number) {
    this.farthest = distanceOf(threshold);
  }

  clear(): void {
    this.length = 0;
  }

  add(boxes: Float32Array, at: number): boolean {
    const { farthest } = this;
    const [ownX, ownY, angle] = [boxes[at]!, boxes[at + 1]!, boxes[at + 4]!];
    const [across, down] = [boxes[at + 2]! ** 2 / 12, boxes[at + 3]! ** 2 / 12];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const ownA = across * cos * cos + down * sin * sin;
    const ownB = across * sin * sin + down * cos * cos;
    const ownC = (across - down) * cos * sin;
    const own = Math.max(0, ownA * ownB - ownC * ownC);
    const end = 6 * this.length++;
    if (end === this.numbers.length) this.grow();
    const { numbers } = this;
    numbers[end] = ownX;
    numbers[end + 1] = ownY;
    numbers[end + 2] = ownA;
    numbers[end + 3] = ownB;
    numbers[end + 4] = ownC;
    numbers[end + 5] = own;
    for (let k = 0; k < end; k += 6) {
      const [sumA, sumB, sumC] = [ownA + numbers[k + 2]!, ownB + numbers[k + 3]!, ownC + numbers[k + 4]!];
      const [right, up] = [ownX - numbers[k]!, numbers[k + 1]! - ownY];
      const sum = sumA * sumB - sumC * sumC;
      const apart = (0.25 * (sumA * up * up + sumB * right * right) + 0.5 * sumC * right * up) / (sum + epsilon);
      // The rest is never below 0, but for rounding.
      if (apart > farthest + epsilon) continue;
      const unlike = 0.5 * Math.log(sum / (4 * Math.sqrt(own * numbers[k + 5]!) + epsilon) + epsilon);
      if (apart + unlike < farthest) return false;
    }
    return true;
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Float64Array(2 * numbers.length);
    this.numbers.set(numbers);
  }
}
