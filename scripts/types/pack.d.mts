/** `files`: virtual path -> text. `inputs`: the files they came from. */
export function collect(root: string): Promise<{ readonly files: Record<string, string>; readonly inputs: readonly string[] }>;
