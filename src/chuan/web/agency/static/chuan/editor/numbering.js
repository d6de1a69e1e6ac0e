// Step numbers go on by themselves (B1, B2 …) as long as they did before the change; links follow the step they meant.

import { rowsIn, setValue, value } from "./rows.js";

const SPLIT = /^(.*?)(\d+)$/;

// "B" and 1 when the rows are numbered B1, B2, B3 … without a gap (rows without number at the end count as numbered).
export function pattern(grid) {
  const numbers = rowsIn(grid).map((row) => value(row, "no").trim()).filter(Boolean);
  const first = numbers.length ? SPLIT.exec(numbers[0]) : SPLIT.exec("B1");
  if (!first) return null;
  const start = Number(first[2]);
  const width = first[2].startsWith("0") ? first[2].length : 0;
  const write = (index) => first[1] + String(start + index).padStart(width, "0");
  return numbers.every((number, index) => number === write(index)) ? write : null;
}

export function renumber(grid, write) {
  if (!write) return;
  const changed = new Map();
  const rows = rowsIn(grid);
  rows.forEach((row, index) => {
    const before = value(row, "no").trim();
    if (before && before !== write(index) && !changed.has(before)) changed.set(before, write(index));
    setValue(row, "no", write(index));
  });
  if (!changed.size) return;
  for (const row of rows) {
    const ways = value(row, "ways");
    if (ways) setValue(row, "ways", ways.replace(/[\p{L}\p{N}.]+/gu, (word) => changed.get(word) || word));
  }
}
