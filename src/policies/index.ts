/** All policies by name. */
import type { PolicySpec } from '../domain/experiment.ts';
import { createOneAdapt } from './oneadapt.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { createStatic } from './static.ts';

export function createPolicy(spec: PolicySpec, context: PolicyContext): Policy {
  switch (spec.name) {
    case 'oneadapt':
      return createOneAdapt(spec, context);
    case 'static':
      return createStatic(spec.configuration, context);
  }
}
