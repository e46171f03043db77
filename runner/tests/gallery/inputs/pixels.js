const pixels = Uint8Array.from({ length: 64 * 64 * 4 }, (_, index) => (index * 7) % 256);

export const inputs = [{ name: '64×64', args: [pixels] }];
