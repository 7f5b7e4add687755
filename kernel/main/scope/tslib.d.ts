/** The build of tslib that does not also write its helpers to the global object, as the CommonJS one does. */
declare module 'tslib/tslib.es6.mjs' {
  export * from 'tslib';
}
