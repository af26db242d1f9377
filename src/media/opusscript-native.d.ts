/** What opusscript 0.0.8 is built on: libopus as WebAssembly. Only what is used here. */
declare module 'opusscript/build/opusscript_native_wasm.js' {
  export interface OpusHandler {
    /** Samples that were written to `output`, or a negative error code. A sample takes two elements, a byte each. */
    _decode(packet: number, bytes: number, output: number): number;
  }

  export interface OpusNative {
    /** Of their own when the memory has grown: to be asked for anew every time. */
    HEAPU8: Uint8Array;
    HEAPU16: Uint16Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    OpusScriptHandler: {
      new (rate: number, channels: number, application: number): OpusHandler;
      destroy_handler(handler: OpusHandler): void;
    };
  }

  export default function load(): OpusNative;
}
