import { decompress, init } from '@bokuweb/zstd-wasm';

// It takes the address of its Wasm, so that it may not be handed anything else.
export const setup = () => init();
export { decompress };
