const [width, height] = [128, 96];
const data = new Uint8ClampedArray(width * height * 4);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) data.set([x * 2, y * 2, (x + y) / 2, 255], (y * width + x) * 4);
}
const options = { width: width / 2, height: height / 2, method: 'triangle', premultiply: false, linearRGB: false };

export const inputs = [{ name: `${width}×${height}`, args: [{ data, width, height }, options] }];
