/** All policies by name. */
import type { PolicySpec } from '../domain/experiment.ts';
import { createAccMpeg } from './accmpeg.ts';
import { createAwStream } from './awstream.ts';
import { createChameleon } from './chameleon.ts';
import { createDds } from './dds.ts';
import { createEaar } from './eaar.ts';
import { createOneAdapt } from './oneadapt/oneadapt.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { createReducto } from './reducto.ts';
import { createStatic } from './static.ts';

export function createPolicy(spec: PolicySpec, context: PolicyContext): Policy {
  switch (spec.name) {
    case 'oneadapt':
      return createOneAdapt(spec, context);
    case 'static':
      return createStatic(spec.configuration, context);
    case 'chameleon':
      return createChameleon(spec, context);
    case 'awstream':
      return createAwStream(spec, context);
    case 'reducto':
      return createReducto(spec, context);
    case 'eaar':
      return createEaar(spec.configuration, context);
    case 'accmpeg':
      return createAccMpeg(spec, context);
    case 'dds':
      return createDds(spec, context);
  }
}
