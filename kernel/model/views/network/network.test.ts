import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, fullMask, maskOf, plain, sparseMask } from '../../../../test/support/masks.js';
import { contrast, rgb } from '../colour.js';
import { MAX_VIEW_CHARS } from '../media-types.js';
import { paletteFor } from '../palette.js';
import { isProblem } from '../problem.js';
import { networkPicture } from '../svg/network-picture.js';
import { measureText } from '../svg/text.js';
import { allEdges, degreesOf, edgesInto, edgesOutOf } from './edges.js';
import { networkLayout } from './layout.js';
import { encodeNetworkView, parseNetworkView } from './network-payload.js';
import { chosenPins, isSmall, type NetworkView } from './network-view.js';
import { countCrossings, orderUnits, type Crossing } from './order-units.js';
import { countPaths, edgesBetween } from './paths.js';
import { edgeStyle, networkScene } from './scene.js';
import { networkSentence, unitText } from './sentence.js';
import type { MaskData } from '../../mask-data.js';

/** A chain of masks, with weights 1, −2, 3, … */
function chain(masks: readonly MaskData[], more: Partial<NetworkView> = {}): NetworkView {
  const names = masks.map((_, at) => `layer ${at + 1}`);
  return {
    view: 'network',
    version: 1,
    groups: [{ name: 'inputs', units: masks[0]?.inputs ?? 0 }, ...masks.map(({ outputs }, at) => ({ name: names[at]!, units: outputs }))],
    links: masks.map((mask, at) => ({ from: at, to: at + 1, layer: names[at]!, rowOffset: 0, nnz: mask.indices.length, mask, values: Float32Array.from(mask.indices, (_, k) => (k % 2 === 0 ? k + 1 : -k - 1)) })),
    pins: [],
    opaque: [],
    ...more,
  };
}

const xor = chain([maskOf('XX.', 'XX.'), maskOf('X', 'X', '.')]);
const json = (view: NetworkView): unknown => JSON.parse(JSON.stringify(encodeNetworkView(view)));
const parsed = (view: NetworkView): NetworkView => {
  const back = parseNetworkView(json(view));
  if (isProblem(back)) throw new Error(back.problem);
  return back;
};
const palette = paletteFor('light');
const scene = (view: NetworkView) => networkScene(view, palette, 700, measureText, chosenPins(view));

describe('a network view', () => {
  it('goes through JSON and back', () => {
    fc.assert(fc.property(anyMask(8), anyMask(8), (first, second) => {
      const next = { ...second, inputs: first.outputs, indptr: Uint32Array.from({ length: first.outputs + 1 }, (_, i) => second.indptr[Math.min(i, second.inputs)] ?? 0) };
      next.indptr.fill(second.indices.length, Math.min(first.outputs, second.inputs));
      if (first.outputs < second.inputs) return;
      const view = chain([first, next], { title: 'T' });
      const back = parsed(view);
      expect(back.links.map(({ mask }) => plain(mask))).toEqual(view.links.map(({ mask }) => plain(mask)));
      expect(back.links.map(({ values }) => [...(values ?? [])])).toEqual(view.links.map(({ values }) => [...(values ?? [])]));
      expect([back.title, back.groups, back.egos]).toEqual(['T', view.groups, undefined]);
    }));
  });

  it('of a large net keeps the surroundings of units within the payload, pinned ones first, and says so', () => {
    const pin = { group: 1, unit: 250 };
    const view = chain([fullMask(784, 300), fullMask(300, 10)], { pins: [pin] });
    const text = JSON.stringify(encodeNetworkView(view));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    expect(text.length).toBeGreaterThan(MAX_VIEW_CHARS / 3);
    const back = parsed(view);
    expect(back.egos![0]).toEqual({ ...pin, fanIn: 784, fanOut: 10 });
    expect(edgesInto(back, pin)).toHaveLength(784);
    expect(edgesOutOf(back, pin)).toHaveLength(10);
    expect(networkSentence(back)).toMatch(/238,200 connections\..* [\d,]+ of 238,200 connections are kept here: those of \d+ units\./);
  });

  it.each<[string, (payload: Record<string, unknown>) => void, RegExp]>([
    ['another version', (payload) => void (payload['version'] = 9), /its version is 9/],
    ['no groups', (payload) => void delete payload['groups'], /"groups" is missing/],
    ['10⁹ units', (payload) => void (payload['groups'] = [{ name: 'a', units: 1e9 }]), /"units" is 1000000000/],
    ['a link to nowhere', (payload) => void (payload['links'] = [{ from: 0, to: 9, nnz: 1 }]), /"to" is 9/],
    ['a link backwards', (payload) => void (payload['links'] = [{ from: 2, to: 1, nnz: 1 }]), /expected a later one/],
    ['connections of another shape', (payload) => void ((payload['links'] as Record<string, unknown>[])[0]!['connections'] = { bits: 'AAAAAAAA' }), /does not hold 2 × 3 cells/],
    ['too few weights', (payload) => void ((payload['links'] as Record<string, unknown>[])[0]!['values'] = 'AAAA'), /"values" does not hold 4 weights/],
    ['a pin that is no unit', (payload) => void (payload['pins'] = [{ group: 1, unit: 3 }]), /"unit" is 3, expected a whole number from 0 to 2/],
  ])('with %s is a sentence', (_, spoil, message) => {
    const payload = json(xor) as Record<string, unknown>;
    spoil(payload);
    expect(parseNetworkView(payload)).toEqual({ problem: expect.stringMatching(message) });
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseNetworkView(value)));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('groups', 'links', 'pins', 'egos', 'version', 'opaque'), fc.oneof(fc.constant(1), fc.jsonValue())), (value) => void parseNetworkView({ version: 1, ...value })));
  });
});

describe('paths', () => {
  it('are counted and not listed: of every connection and unit', () => {
    const paths = countPaths(xor);
    // Two inputs, two hidden units each, one output.
    expect(paths.all).toBe(4);
    expect([0, 1, 2].map((unit) => paths.through({ group: 1, unit }))).toEqual([2, 2, 0]);
    expect(allEdges(xor).map((edge) => paths.along(edge))).toEqual([1, 1, 1, 1, 2, 2]);
  });

  it('between two units are their connections', () => {
    expect(edgesBetween(xor, { group: 2, unit: 0 }, { group: 0, unit: 1 })).toHaveLength(4);
    expect(edgesBetween(xor, { group: 0, unit: 0 }, { group: 1, unit: 2 })).toEqual([]);
  });

  it('through all units of a layer sum up to all paths of a chain', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (a, b, c) => {
      const paths = countPaths(chain([fullMask(a, b), fullMask(b, c)]));
      expect(paths.all).toBe(a * b * c);
      expect(Array.from({ length: b }, (_, unit) => paths.through({ group: 1, unit })).reduce((x, y) => x + y)).toBe(a * b * c);
    }));
  });
});

describe('the order of units', () => {
  const edgesOf = (view: NetworkView): Crossing[] => allEdges(view).map(({ from, to }) => ({ from: [from.group, from.unit], to: [to.group, to.unit] }));

  it('undoes crossings of hidden units', () => {
    const crossed = chain([maskOf('..X', '.X.', 'X..'), maskOf('..X', '.X.', 'X..')]);
    const groups = crossed.groups.map(({ units }) => Array.from({ length: units }, (_, unit) => unit));
    expect(countCrossings(groups, edgesOf(crossed))).toBe(6);
    const ordered = orderUnits(groups, edgesOf(crossed), (group) => group === 1);
    expect([ordered[1], countCrossings(ordered, edgesOf(crossed))]).toEqual([[2, 1, 0], 0]);
  });

  it('never has more crossings than before, keeps every unit, and inputs and outputs where they are', () => {
    fc.assert(fc.property(anyMask(7), (mask) => {
      const view = chain([mask, fullMask(mask.outputs, 3)]);
      const groups = view.groups.map(({ units }) => Array.from({ length: units }, (_, unit) => unit));
      const ordered = orderUnits(groups, edgesOf(view), (group) => group === 1);
      expect(countCrossings(ordered, edgesOf(view))).toBeLessThanOrEqual(countCrossings(groups, edgesOf(view)));
      expect([...ordered[1]!].sort((a, b) => a - b)).toEqual(groups[1]);
      expect([ordered[0], ordered[2]]).toEqual([groups[0], groups[2]]);
    }));
  });
});

describe('the drawing of a net', () => {
  it('is whole up to 24 units a layer and 300 connections', () => {
    expect([isSmall(chain([fullMask(24, 12)])), isSmall(chain([fullMask(25, 2)])), isSmall(chain([fullMask(24, 13)]))]).toEqual([true, false, false]);
    expect(scene(xor).edges).toHaveLength(6);
    expect(scene(xor).nodes).toHaveLength(6);
    expect(scene(xor).nodes.filter(({ isCutOff }) => isCutOff).map(({ unit }) => unit)).toEqual([2]);
  });

  it('has every unit in a place of its own, inside of the picture', () => {
    fc.assert(fc.property(anyMask(10), (mask) => {
      const { nodes, width, height } = scene(chain([mask, fullMask(mask.outputs, 2)]));
      expect(new Set(nodes.map(({ x, y }) => `${x}/${y}`)).size).toBe(nodes.length);
      for (const { x, y, radius } of nodes) expect(x >= radius && x + radius <= width && y >= radius && y + radius <= height).toBe(true);
    }));
  });

  it('of a large net is the pinned unit with its strongest neighbours, and how many more there are', () => {
    const view = chain([fullMask(100, 50), fullMask(50, 4)]);
    const layout = networkLayout(view, [{ group: 1, unit: 7 }]);
    expect(layout.groups.map(({ count, more }) => [count, more])).toEqual([[12, 88], [1, 0], [4, 0]]);
    const weights = layout.edges.filter(({ link }) => link === 0).map(({ weight }) => Math.abs(weight ?? 0));
    expect(Math.min(...weights)).toBe([...edgesInto(view, { group: 1, unit: 7 })].map(({ weight }) => Math.abs(weight ?? 0)).sort((a, b) => b - a)[11]);
    expect(scene(parsed(chain([fullMask(784, 300), fullMask(300, 10)]))).labels.map(({ text }) => text)).toContain('+288 more');
  });

  it('draws connections that skip a layer as arcs above or below it', () => {
    const skip = { ...xor, links: [...xor.links, { from: 0, to: 2, rowOffset: 0, nnz: 1, mask: maskOf('X', '.') }] };
    const edge = scene(skip).edges.find(({ edge: { link } }) => link === 2)!;
    const [, y = 0] = /C[\d.-]+ ([\d.-]+)/.exec(edge.path)!.map(Number);
    expect(scene(skip).nodes.every((node) => y < node.y - node.radius || y > node.y + node.radius)).toBe(true);
  });

  it.each(['light', 'dark', 'high-contrast-dark', 'high-contrast-light'] as const)('has lines of at least 3:1 in %s, a sign that is no colour, and widths by √|w|', (kind) => {
    const theme = paletteFor(kind);
    for (const weight of [1, -1, 0.5, -0.5, 0.01, -0.01]) expect(contrast(rgb(edgeStyle(weight, 1, theme).colour), theme.background)).toBeGreaterThanOrEqual(2.99);
    expect([edgeStyle(0.5, 1, theme).dash, edgeStyle(-0.5, 1, theme).dash === undefined, edgeStyle(0, 1, theme).dash === edgeStyle(-1, 1, theme).dash]).toEqual([undefined, false, false]);
    const width = (weight: number): number => edgeStyle(weight, 1, theme).width - edgeStyle(1e-12, 1, theme).width;
    expect(width(1) / width(0.25)).toBeCloseTo(2, 4);
  });

  it('takes names and titles for text', () => {
    const evil = chain([maskOf('X')], { title: '<script>alert(1)</script>', groups: [{ name: '<b>', units: 1, names: ['<img onerror=x>'] }, { name: 'b', units: 1 }] });
    const picture = networkPicture(parsed(evil));
    expect(picture).not.toMatch(/<(script|img|b)\b/);
    expect(picture).toContain('&lt;script&gt;');
  });

  it('of a net without units, or of NaN, is drawn', () => {
    expect(networkPicture(chain([maskOf('..', '..')]))).toMatch(/^<svg/);
    const nan = chain([maskOf('X')]);
    nan.links[0]!.values!.fill(NaN);
    expect(networkPicture(nan)).toContain('NaN or infinite');
    expect(networkSentence(nan)).toContain('1 weight is NaN or infinite.');
  });
});

it('says what it is', () => {
  expect(networkSentence(xor)).toBe('Network: inputs (2 units) → layer 1 (3) → layer 2 (1), 6 connections. Weights from −4 to 3. 1 unit without inputs (layer 1 2).');
  expect(unitText(xor, { group: 1, unit: 0 }, countPaths(xor))).toBe('layer 1 0 · 2 connections in, 1 out · on 2 of 4 paths from inputs to outputs');
  expect(degreesOf(xor, { group: 0, unit: 1 })).toEqual({ fanIn: 0, fanOut: 2 });
  expect(networkSentence(chain([sparseMask(2, 2, 1)], { opaque: ['lstm (LSTM)'] }))).toContain('Not drawn inside: lstm (LSTM).');
});
