declare module '@jitsi/rnnoise-wasm/dist/rnnoise-sync.js' {
  /** Makes the network; it can be used once `ready` has come true. */
  const create: () => unknown;
  export default create;
}
