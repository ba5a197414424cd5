import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { en } from '../../web/src/lib/i18n/en';
import { fr } from '../../web/src/lib/i18n/fr';
import { unbroken } from '../../web/src/lib/i18n/unbroken';

const source = join(__dirname, '../../web/src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });

/** `nearest.title` for every text, with how many arguments it takes. */
function textsOf(messages: object, path = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return textsOf(value, `${path}${key}.`);
    return [`${path}${key}`];
  });
}

/** What a text says when asked with some words and numbers. */
function spoken(messages: object): string[] {
  return Object.values(messages).flatMap((value: unknown) => {
    if (typeof value === 'object' && value !== null) return spoken(value);
    return typeof value === 'function'
      ? [String(Reflect.apply(value, undefined, ['2', '3', '4', '5']))]
      : [String(value)];
  });
}

const spokenAttributes = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint']);
const word = /\p{L}{2,}/u;

/** Words a reader would see or hear that stand in the markup itself. */
function literalsIn(node: unknown, found: string[] = []): string[] {
  if (typeof node !== 'object' || node === null) return found;
  if (Array.isArray(node)) {
    for (const child of node) literalsIn(child, found);
    return found;
  }
  const { type } = node as { type?: unknown };
  if (type === 'Text' && word.test((node as AST.Text).data)) found.push((node as AST.Text).data.trim());
  if (type === 'Attribute') {
    const { name, value } = node as AST.Attribute;
    if (spokenAttributes.has(name)) literalsIn(value, found);
    return found;
  }
  for (const child of Object.values(node)) literalsIn(child, found);
  return found;
}

describe('texts', () => {
  it('are the same set in English and French', () => {
    expect(textsOf(fr).sort()).toEqual(textsOf(en).sort());
  });

  it.each([
    ['English', en],
    ['French', fr],
  ])('are all filled in %s', (_, messages) => {
    expect(spoken(messages).filter((text) => text.trim() === '' || /undefined|TODO/.test(text))).toEqual([]);
  });

  it('break no French line before a colon or inside quotation marks', () => {
    const broken = spoken(unbroken(fr)).filter((text) => / [:»%]|« /.test(text));
    expect(broken).toEqual([]);
    expect(unbroken(fr).say.waits('Sale')).toBe('«\u00a0Sale\u00a0» attend d’être envoyé');
  });

  it('are all used: none is left from a screen that is gone', () => {
    const code = files
      .filter((file) => /\.(svelte|ts)$/.test(file) && !/i18n.(en|fr)\b/.test(file))
      .map((file) => readFileSync(join(source, file), 'utf8'))
      .join('\n');
    const unused = textsOf(en).filter((path) => {
      const [group = '', ...rest] = path.split('.');
      const key = rest.at(-1) ?? '';
      const dynamic = new RegExp(`\\.${rest.length > 1 ? rest.at(-2) : group}\\[`).test(code);
      return !dynamic && !new RegExp(`\\.${key}\\b`).test(code);
    });
    expect(unused).toEqual([]);
  });

  it.each(files.filter((file) => file.endsWith('.svelte')))('stand in no markup: %s', (file) => {
    const { fragment } = parse(readFileSync(join(source, file), 'utf8'), { modern: true });
    expect(literalsIn(fragment)).toEqual([]);
  });
});
