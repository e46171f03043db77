// WASI preview 1 for modules that use its clock, random numbers, output or exit, but no files.
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim';

const printed = (print) => ConsoleStdout.lineBuffered((line) => print(line));
const host = new WASI([], [], [new OpenFile(new File([])), printed(console.log), printed(console.error)]);

export const wasi = {
  wasiImport: host.wasiImport,
  /** Starts an instance; one that has nothing to start with only gets its memory known. */
  begin(instance, starts) {
    host.inst = instance;
    if (!starts) return;
    if (instance.exports._initialize) host.initialize(instance);
    else host.start(instance);
  },
};
export default host.wasiImport;
