import { inside } from '../../json/locate.ts';
import type { JsonPiece } from '../../json/values.ts';
import { isAnswer } from './findingV2.ts';
import { listField } from './shape.ts';
import { holdsObject, type Item, itemsIn } from './source.ts';

/**
 * What a file holds: its values one after another, and of those that are lists their items. A list that is called
 * `findings` and holds whole answers of `get-finding-v2` is gone into as well.
 */
export function* itemsOf(pieces: readonly JsonPiece[]): Iterable<Item> {
  for (const { start, parsed } of pieces) {
    if (!parsed) continue;
    const place = { offset: start, path: [] };
    if (!Array.isArray(parsed.value)) yield* unwrap({ value: parsed.value, place });
    else for (const [index, value] of parsed.value.entries()) yield* unwrap({ value, place: inside(place, index) });
  }
}

function* unwrap(item: Item): Iterable<Item> {
  if (holdsObject(item) && listField(item.value, 'findings')?.some(isAnswer)) yield* itemsIn(item, 'findings');
  else yield item;
}
