import { sha512, waitReady } from '@polkadot/wasm-crypto';

export const setup = () => waitReady();
export { sha512 };
