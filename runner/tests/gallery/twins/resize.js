// Halves a picture: each pixel is the mean of the four that it covers.

export default function resize(image, { width, height }) {
  const out = new ImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        const at = (2 * y * image.width + 2 * x) * 4 + channel;
        const below = at + image.width * 4;
        out.data[(y * width + x) * 4 + channel] = (image.data[at] + image.data[at + 4] + image.data[below] + image.data[below + 4]) / 4;
      }
    }
  }
  return out;
}
