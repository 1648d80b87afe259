/** Writes the topology of the default detector to training/data/topology.json, for train.py. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { defaultTopology } from './architecture.ts';

const DATA = new URL('data/', import.meta.url).pathname;
mkdirSync(DATA, { recursive: true });
writeFileSync(`${DATA}topology.json`, `${JSON.stringify(defaultTopology(), null, 1)}\n`);
