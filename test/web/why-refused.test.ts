import { describe, expect, it } from 'vitest';
import { ApiError } from '../../web/src/lib/api/client';
import { en } from '../../web/src/lib/i18n/en';
import { fr } from '../../web/src/lib/i18n/fr';
import { whyRefused } from '../../web/src/lib/registry/why-refused';

describe('why a list was not imported', () => {
  const reason = { en: 'The file is empty', fr: 'Le fichier est vide' };

  it('is said as the service says it, in the reader’s language', () => {
    const error = new ApiError(400, reason.en, { reason });
    expect(whyRefused(error, 'en', en.registry)).toBe('The file is empty');
    expect(whyRefused(error, 'fr', fr.registry)).toBe('Le fichier est vide');
  });

  it('is that the service cannot be reached, not what the browser calls that', () => {
    const away = new ApiError(0, 'Failed to fetch');
    expect(whyRefused(away, 'en', en.registry)).toMatch(/cannot be reached: nothing was changed/);
    expect(whyRefused(away, 'fr', fr.registry)).toMatch(/ne répond pas : rien n’a été changé/);
  });

  it('is that the file is too large, where the service took no more of it', () => {
    expect(whyRefused(new ApiError(413, 'Request body is too large'), 'fr', fr.registry)).toMatch(/trop gros/);
  });
});
