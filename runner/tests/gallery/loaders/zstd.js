export { init as setup, decompress } from '@bokuweb/zstd-wasm';
