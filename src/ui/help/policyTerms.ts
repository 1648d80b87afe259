/** The glossary's term for each policy. */
import type { PolicyName } from '../../domain/experiment.ts';
import type { TermName } from './glossary.ts';

export const POLICY_TERMS = {
  oneadapt: 'oneadapt',
  static: 'staticPolicy',
  chameleon: 'chameleon',
  awstream: 'awstream',
  reducto: 'reducto',
  eaar: 'eaar',
  accmpeg: 'accmpeg',
  dds: 'dds',
} as const satisfies Record<PolicyName, TermName>;
