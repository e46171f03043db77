export { waitReady as setup, sha512 } from '@polkadot/wasm-crypto';
