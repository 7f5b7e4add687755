/** A network view as JSON and back. */
import type { MaskData } from '../../mask-data.js';
import { decodeFloats, decodeUints, encodeFloats, encodeUints } from '../base64.js';
import { decodeConnections, encodeExact, type ConnectionsJson } from '../connections.js';
import { Fields, PayloadError, readPayload, VIEW_VERSION } from '../payload.js';
import type { Problem } from '../problem.js';
import type { Ego, NetworkGroup, NetworkLink, NetworkView, UnitPlace } from './network-view.js';
import { reducedNetwork } from './reduce.js';

const MAX_GROUPS = 256;
const MAX_LINKS = 1024;
const MAX_PLACES = 100_000;
/** No group larger than this is read: the arrays of a sparse link are as long as its group. */
const MAX_GROUP_UNITS = 1 << 22;

interface GroupJson {
  readonly name: string;
  readonly units: number;
  readonly names?: readonly string[];
  readonly bias?: string;
}

/** Either every connection, or a list of some of them. */
type LinkConnections = { readonly connections: ConnectionsJson } | { readonly rows: string; readonly columns: string; readonly held: number };

type LinkJson = LinkConnections & {
  readonly from: number;
  readonly to: number;
  readonly layer?: string;
  readonly rowOffset?: number;
  readonly nnz: number;
  readonly values?: string;
};

export interface NetworkViewJson {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly groups: readonly GroupJson[];
  readonly links: readonly LinkJson[];
  readonly pins?: readonly UnitPlace[];
  readonly egos?: readonly Ego[];
  readonly opaque?: readonly string[];
}

/** At most 256 K characters: of a net that is larger the surroundings of some units are kept, of the pinned ones first. */
export const encodeNetworkView = (whole: NetworkView): NetworkViewJson => writeNetwork(reducedNetwork(whole, (view) => JSON.stringify(writeNetwork(view)).length));

function writeNetwork({ version, title, groups, links, pins, egos, opaque }: NetworkView): NetworkViewJson {
  return {
    version,
    ...(title !== undefined && { title }),
    groups: groups.map(({ bias, ...group }) => ({ ...group, ...(bias && { bias: encodeFloats(bias) }) })),
    links: links.map(writeLink),
    ...(pins.length > 0 && { pins }),
    ...(egos && { egos }),
    ...(opaque.length > 0 && { opaque }),
  };
}

function writeLink({ from, to, layer, rowOffset, nnz, mask, values }: NetworkLink): LinkJson {
  const isWhole = mask.indices.length === nnz;
  return {
    from,
    to,
    ...(layer !== undefined && { layer }),
    ...(rowOffset > 0 && { rowOffset }),
    nnz,
    ...(isWhole ? { connections: encodeExact(mask) } : { rows: encodeUints(rowsOf(mask)), columns: encodeUints(mask.indices), held: mask.indices.length }),
    ...(values && { values: encodeFloats(values) }),
  };
}

function rowsOf({ inputs, indptr, indices }: MaskData): Uint32Array {
  const rows = new Uint32Array(indices.length);
  for (let row = 0; row < inputs; row++) rows.fill(row, indptr[row], indptr[row + 1]);
  return rows;
}

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseNetworkView = (json: unknown): NetworkView | Problem => readPayload('network', json, readNetwork);

function readNetwork(fields: Fields): NetworkView {
  const title = fields.optionalText('title');
  const groups = fields.array('groups', MAX_GROUPS).map((group, at) => readGroup(new Fields(group, `group ${at}`)));
  const places = <Place>(name: string, read: (at: Fields, place: UnitPlace) => Place): Place[] =>
    fields.array(name, MAX_PLACES).map((entry, at) => {
      const place = new Fields(entry, `"${name}" ${at}`);
      return read(place, readPlace(place, groups));
    });
  return {
    view: 'network',
    version: VIEW_VERSION,
    ...(title !== undefined && { title }),
    groups,
    links: fields.array('links', MAX_LINKS).map((link, at) => readLink(new Fields(link, `link ${at}`), groups)),
    pins: fields.has('pins') ? places('pins', (_, place) => place) : [],
    ...(fields.has('egos') && { egos: places('egos', (at, place) => ({ ...place, fanIn: at.count('fanIn'), fanOut: at.count('fanOut') })) }),
    opaque: fields.has('opaque') ? fields.array('opaque', MAX_GROUPS).map((name) => new Fields({ name }, 'opaque').optionalText('name') ?? '') : [],
  };
}

function readGroup(fields: Fields): NetworkGroup {
  const units = fields.count('units', MAX_GROUP_UNITS);
  const names = fields.optionalNames('names', units);
  const bias = fields.has('bias') ? decodeFloats(fields.text('bias'), units) : undefined;
  if (bias === null) throw new PayloadError(`"bias" does not hold ${units} numbers`);
  return { name: fields.optionalText('name') ?? '', units, ...(names && { names }), ...(bias && { bias }) };
}

function readPlace(fields: Fields, groups: readonly NetworkGroup[]): UnitPlace {
  const group = fields.count('group', groups.length - 1);
  return { group, unit: fields.count('unit', (groups[group]?.units ?? 0) - 1) };
}

function readLink(fields: Fields, groups: readonly NetworkGroup[]): NetworkLink {
  const from = fields.count('from', groups.length - 1);
  const to = fields.count('to', groups.length - 1);
  if (from >= to) throw new PayloadError(`a link goes from group ${from} to group ${to}, expected a later one`);
  const inputs = groups[from]?.units ?? 0;
  const outputs = groups[to]?.units ?? 0;
  const nnz = fields.count('nnz', inputs * outputs);
  const mask = fields.has('connections') ? readWhole(fields.object('connections'), { inputs, outputs, nnz }) : readSome(fields, inputs, outputs, nnz);
  const layer = fields.optionalText('layer');
  const held = mask.indices.length;
  const values = fields.has('values') ? decodeFloats(fields.text('values'), held) : undefined;
  if (values === null) throw new PayloadError(`"values" does not hold ${held} weights`);
  return { from, to, ...(layer !== undefined && { layer }), rowOffset: fields.has('rowOffset') ? fields.count('rowOffset') : 0, nnz, mask, ...(values && { values }) };
}

function readWhole(fields: Fields, shape: { readonly inputs: number; readonly outputs: number; readonly nnz: number }): MaskData {
  const connections = decodeConnections(fields, shape);
  if ('edges' in connections) return connections.edges;
  throw new PayloadError('its connections are tiles, expected single ones');
}

function readSome(fields: Fields, inputs: number, outputs: number, nnz: number): MaskData {
  const held = fields.count('held', nnz);
  const rows = decodeUints(fields.text('rows'), held);
  const indices = decodeUints(fields.text('columns'), held);
  if (!rows || !indices) throw new PayloadError(`"rows" and "columns" do not hold ${held} connections`);
  const indptr = new Uint32Array(inputs + 1);
  for (let at = 0; at < held; at++) {
    const row = rows[at] ?? 0;
    const column = indices[at] ?? 0;
    const isNext = at === 0 || row > (rows[at - 1] ?? 0) || (row === rows[at - 1] && column > (indices[at - 1] ?? 0));
    if (row >= inputs || column >= outputs || !isNext) throw new PayloadError(`connection ${at} from unit ${row} to unit ${column} is out of order or range`);
    indptr[row + 1] = at + 1;
  }
  for (let row = 0; row < inputs; row++) indptr[row + 1] = Math.max(indptr[row + 1] ?? 0, indptr[row] ?? 0);
  return { inputs, outputs, indptr, indices };
}
