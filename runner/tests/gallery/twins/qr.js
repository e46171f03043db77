import jsQR from 'jsqr';
import { decode } from './png.js';

export function read(file) {
  const { data, width, height } = decode(file);
  return jsQR(data, width, height).data;
}
