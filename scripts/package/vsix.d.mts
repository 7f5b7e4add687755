export const MAX_VSIX_BYTES: number;
export function packExtension(folder?: string): Promise<{ readonly file: string; readonly bytes: number; readonly listing: string }>;
