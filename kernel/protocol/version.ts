declare const PATCHBAY_VERSION: string | undefined;

/** Of the package; the bundler puts it in. */
export const VERSION: string = typeof PATCHBAY_VERSION === 'string' ? PATCHBAY_VERSION : '0.0.0-source';
