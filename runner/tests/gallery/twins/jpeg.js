import { decode as read } from 'jpeg-js';

export function decode(file) {
  const { data, width, height } = read(file, { useTArray: true });
  return new ImageData(new Uint8ClampedArray(data), width, height);
}
