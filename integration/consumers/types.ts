import { Box2d } from '@qualm/types';

console.log(new Box2d(0, 0, 20, 20).iou(new Box2d(10, 10, 30, 30)));
