/** `files`: virtual path -> text. `inputs`: the files they came from. */
export function collect(root: string): Promise<{ readonly files: Record<string, string>; readonly inputs: readonly string[] }>;
/** What is written of them, for {@link BundledTypes} to read. */
export function packed(files: Readonly<Record<string, string>>): Buffer;
