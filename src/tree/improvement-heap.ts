interface Ranked {
  improvement: number;
}

/*
 * A heap with the largest improvement first. Which of equal ones comes first follows from how the heap is kept; it is
 * kept as the C++ standard library keeps its own, so that scikit-learn's trees number their nodes alike.
 */

export function pushLargest<R extends Ranked>(heap: R[], item: R): void {
  heap.push(item);
  siftUp(heap, heap.length - 1, item);
}

export function popLargest<R extends Ranked>(heap: R[]): R | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  // The hole goes down to the bottom along the larger children; the last item comes up from there.
  let hole = 0;
  for (let child = 2; child <= heap.length; child = 2 * hole + 2) {
    if (child === heap.length || heap[child].improvement < heap[child - 1].improvement) child--;
    heap[hole] = heap[child];
    hole = child;
  }
  siftUp(heap, hole, last);
  return first;
}

function siftUp<R extends Ranked>(heap: R[], from: number, item: R): void {
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!(heap[parent].improvement < item.improvement)) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = item;
}
