import { decode as read } from 'fast-png';

export function decode(file) {
  const { data, width, height } = read(file);
  return new ImageData(new Uint8ClampedArray(data), width, height);
}
