/** Writes the family and the topology of each of its members to training/data/family.json, for the Python side. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { FAMILY, LABELS, MARGIN, STRIDE, topologyOf } from './architecture.ts';

const DATA = new URL('data/', import.meta.url).pathname;
mkdirSync(DATA, { recursive: true });
const members = FAMILY.map((member) => ({ ...member, topology: topologyOf(member) }));
writeFileSync(
  `${DATA}family.json`,
  `${JSON.stringify({ labels: LABELS, stride: STRIDE, margin: MARGIN, members }, null, 1)}\n`,
);
