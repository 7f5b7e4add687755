/** Values that JSON has not, as Keras 3 writes them into a configuration. */
import { asList, isRecord } from '../record.js';

/** Arrays and tensors, tuples, and what else is wrapped, as plain lists and values. */
export function plainValue(value: unknown): unknown {
  const list = asList(value);
  if (list) return list.map(plainValue);
  if (!isRecord(value)) return value;
  const { class_name: className, config } = value;
  switch (className) {
    case '__numpy__':
    case '__tensor__':
      return isRecord(config) ? config['value'] : config;
    case '__tuple__':
      return plainValue(value['items']);
    default:
      return value;
  }
}
