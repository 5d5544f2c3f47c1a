/**
 * Adds n rows of `size` floats into a table, one after the other, each at the row that its id names, without looking
 * whether the table has it. Pointers are byte addresses; ids are int32. Twin: ../../twins/row-sums.ts.
 */
export function addRows(n: i32, size: i32, table: usize, ids: usize, rows: usize): void {
  const stride = (<usize>size) << 2;
  const whole = (<usize>(size & ~3)) << 2;
  for (let i = 0; i < n; i++) {
    const to = table + (<usize>load<i32>(ids)) * stride;
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(rows + at)));
    for (; at < stride; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(rows + at));
    ids += 4;
    rows += stride;
  }
}
