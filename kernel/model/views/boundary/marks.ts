/** Shapes of points: a class is told by its shape, with or without colour. */
export const MARKS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;

export type MarkShape = (typeof MARKS)[number];

/** SVG path data of a mark about (x, y). */
export function markPath(shape: MarkShape, x: number, y: number, radius: number): string {
  const at = (dx: number, dy: number): string => `${round(x + dx * radius)} ${round(y + dy * radius)}`;
  const polygon = (points: readonly (readonly [number, number])[]): string => `M${points.map(([dx, dy]) => at(dx, dy)).join('L')}Z`;
  switch (shape) {
    case 'circle': {
      const r = round(radius);
      return `M${at(-1, 0)}a${r} ${r} 0 1 0 ${round(2 * radius)} 0a${r} ${r} 0 1 0 ${round(-2 * radius)} 0Z`;
    }
    case 'square':
      return polygon([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]);
    case 'triangle':
      return polygon([[0, -1.2], [1.1, 0.85], [-1.1, 0.85]]);
    case 'diamond':
      return polygon([[0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]]);
    case 'cross':
      return polygon([[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]]);
    case 'star':
      return polygon(Array.from({ length: 10 }, (_, k) => {
        const length = k % 2 === 0 ? 1.3 : 0.55;
        const angle = (k * Math.PI) / 5 - Math.PI / 2;
        return [length * Math.cos(angle), length * Math.sin(angle)] as const;
      }));
  }
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
