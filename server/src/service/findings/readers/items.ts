import { inside } from '../../json/locate.ts';
import type { JsonPiece } from '../../json/values.ts';
import { isAnswer } from './findingV2.ts';
import { listField } from './shape.ts';
import { holdsObject, type Item, itemsIn } from './source.ts';

/**
 * What a piece of a file holds: its value, or the items of one that is a list or a part of one. A list that is called
 * `findings` and holds whole answers of `get-finding-v2` is gone into as well.
 */
export function* itemsOf({ start, parsed, part }: JsonPiece): Iterable<Item> {
  if (!parsed) return;
  const { value } = parsed;
  if (part?.holder && Array.isArray(value)) {
    // The list itself has been gone into, and what lies in it deeper is not.
    for (let index = 0; index < value.length; index++)
      yield { value: value[index], place: { offset: part.starts[index] as number, path: [] } };
    return;
  }
  const place = { offset: start, path: [] };
  if (!Array.isArray(value)) yield* unwrap({ value, place });
  else {
    const list = part?.list ?? start;
    // An item of a long list is found from its own start: searching from the list's would take long.
    const placeAt = (index: number) =>
      part ? { offset: part.starts[index] as number, path: [] } : inside(place, index);
    for (let index = 0; index < value.length; index++)
      yield* unwrap({ value: value[index], place: placeAt(index), list });
  }
}

function* unwrap(item: Item): Iterable<Item> {
  if (holdsObject(item) && listField(item.value, 'findings')?.some(isAnswer)) yield* itemsIn(item, 'findings');
  else yield item;
}
