import { Option } from 'commander';
import { type MethodName, methodNames, type Rules } from '../../core';

/** `--method`: follows tags by another method than the site's own. */
export const methodOption = (): Option =>
  new Option('--method <name>', 'how to follow tags; default: as the site says').choices(methodNames);

export const rulesOf = ({ method }: { readonly method?: MethodName }): Partial<Rules> =>
  method === undefined ? {} : { method };
