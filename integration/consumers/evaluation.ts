import { match } from '@qualm/evaluation';

const drawn = { boxes: Float32Array.of(0, 0, 10, 10), labelIds: [1] };
const found = { boxes: Float32Array.of(0, 0, 10, 9, 0, 0, 10, 6), labelIds: [2, 1] };

console.log(match(drawn, found).map(({ first, second, iou }) => `${first} ${second} ${iou}`));
