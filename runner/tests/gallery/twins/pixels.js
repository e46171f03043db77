// Two pictures are the same picture if no one would see a difference: 30 dB PSNR or more.

export function close(one, other) {
  if (one.width !== other.width || one.height !== other.height) {
    return `one picture is ${one.width}×${one.height}, the other ${other.width}×${other.height}`;
  }
  let squares = 0;
  for (let i = 0; i < one.data.length; i++) squares += (one.data[i] - other.data[i]) ** 2;
  const decibels = 10 * Math.log10(255 ** 2 / (squares / one.data.length || 1e-9));
  return decibels >= 30 || `${decibels.toFixed(1)} dB PSNR, 30 dB are wanted`;
}
