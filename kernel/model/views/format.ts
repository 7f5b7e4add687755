/** Numbers as a reader sees them: a real minus sign, a thin-space-free style that screen readers speak correctly. */

const minus = (text: string): string => text.replace(/-/g, '−');

/** A weight or a loss: three significant digits, without trailing zeros; `0`, `−0.382`, `1.2e−7`, `NaN`, `∞`. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa = '', exponent = ''] = value.toExponential(2).split('e');
    return minus(`${trim(mantissa)}e${exponent.replace('+', '')}`);
  }
  return minus(size >= 100 ? String(Math.round(value)) : trim(value.toPrecision(3)));
}

const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** A count: `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Share of a whole: `25.0 %`; a share that would round to 0 or 100 but is not keeps more digits. */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  for (const digits of [1, 2, 3, 4]) {
    const text = percent.toFixed(digits);
    const honest = (Number(text) > 0 || part === 0) && (Number(text) < 100 || part === whole);
    if (honest) return `${text} %`;
  }
  return `${percent.toPrecision(2)} %`;
}

/** `1 input`, `2 inputs`. */
export const plural = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
