import { Image } from '@qualm/types';
import { decodeImage } from '@qualm/vision';

const redAndBlue = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAwPAfAAcAAf9+CLHQAAAAAElFTkSuQmCC';
const { data, width, height } = await decodeImage(Image.fromUri(`data:image/png;base64,${redAndBlue}`));
console.log(width, height, data.join());
