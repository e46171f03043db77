const wave = Float32Array.from({ length: 2 * 1024 }, (_, index) => Math.sin(index / 7) + Math.cos(index / 3));

export const inputs = [{ name: '1024 points', args: [wave] }];
