const data = Uint8Array.from({ length: 4096 }, (_, index) => (index * 31) % 251);

export const inputs = [{ name: '4 kB', args: [32, data] }];
