export const inputs = [{ name: 'a secret', args: [new Uint8Array(32).fill(7)] }];
