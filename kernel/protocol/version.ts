declare const PATCHBAY_VERSION: string | undefined;
declare const TYPESCRIPT_VERSION: string | undefined;

/** Of the package; the bundler puts it in. */
export const VERSION: string = typeof PATCHBAY_VERSION === 'string' ? PATCHBAY_VERSION : '0.0.0-source';

/** Of the compiler that reads cells; the bundler puts it in. */
export const COMPILER_VERSION: string = typeof TYPESCRIPT_VERSION === 'string' ? TYPESCRIPT_VERSION : 'source';
