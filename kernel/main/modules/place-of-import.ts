/**
 * An import that failed, with the cell and line that asked for it: errors of the module system have frames of Node only.
 * An error of the module's own code keeps its frames, and those of the cell follow them.
 *
 * @param asked made where the import was asked for
 */
export function placed(error: unknown, asked: Error, label: string): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string' || error.stack.includes(`${label}, line `)) return error;
  const frames = (asked.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const own = error.stack.split('\n').filter((line) => !/^ {4}at .*[( ](node:|<anonymous>)/.test(line));
  error.stack = [...own, ...frames].join('\n');
  return error;
}
