/** The media types of Patchbay's views; the version is inside the payload. */
export const MASK_MIME = 'application/vnd.patchbay.mask+json';
export const KERNEL_MIME = 'application/vnd.patchbay.kernel+json';
export const LOSS_MIME = 'application/vnd.patchbay.loss+json';
export const NETWORK_MIME = 'application/vnd.patchbay.network+json';
export const DEGREES_MIME = 'application/vnd.patchbay.degrees+json';
export const BOUNDARY_MIME = 'application/vnd.patchbay.boundary+json';

/** A LookReply of kernel/model/look; no output of a cell has it. */
export const LOOK_MIME = 'application/vnd.patchbay.look+json';

/** A payload is at most this many characters of JSON. */
export const MAX_VIEW_CHARS = 256 * 1024;
