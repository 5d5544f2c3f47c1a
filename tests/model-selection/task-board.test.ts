import { areLeft, closeBoard, leaveTask, takeTask, TaskBoard } from '../../src/model-selection/task-board.ts';

const board = (): TaskBoard => new TaskBoard([0, 1, 2, 3].map((fold) => ({ fold, variants: [0] })));
/** What a promise has come to by now. */
const state = (promise: Promise<unknown>): Promise<unknown> => Promise.race([promise.then(() => 'resolved', (error: unknown) => error), new Promise((go) => setImmediate(go, 'pending'))]);

describe('TaskBoard', () => {
  test('gives a task to one thread only', () => {
    const tasks = board();
    expect([takeTask(tasks, 0, 1), takeTask(tasks, 0, 2), takeTask(tasks, 1, 2)]).toEqual([true, false, true]);
    expect([tasks.underway(1), tasks.underway(2), tasks.underway(3)]).toEqual([0, 1, undefined]);
    tasks.finish(0);
    expect(tasks.underway(1)).toBeUndefined();
  });

  test('knows how many tasks are under way', () => {
    const tasks = board();
    for (const task of [0, 1, 1]) takeTask(tasks, task, task + 1);
    expect([areLeft(tasks, 1), areLeft(tasks, 2)]).toEqual([false, true]);
    leaveTask(tasks);
    expect([areLeft(tasks, 0), areLeft(tasks, 1)]).toEqual([false, true]);
  });

  test('gives none when it is closed', () => {
    const tasks = board();
    closeBoard(tasks);
    expect(takeTask(tasks, 2, 1)).toBe(false);
  });

  test('is finished when the last task is', async () => {
    const tasks = board();
    for (const task of [3, 0, 2]) tasks.finish(task);
    expect(await state(tasks.finished)).toBe('pending');
    tasks.finish(1);
    expect(await state(tasks.finished)).toBe('resolved');
  });

  test('of several failures tells that of the first task, once those before it are done', async () => {
    const tasks = board();
    for (const task of [0, 1, 2]) takeTask(tasks, task, task + 1);
    tasks.fail(2, 'third');
    expect(takeTask(tasks, 3, 3)).toBe(false);
    tasks.finish(0);
    expect(await state(tasks.failure)).toBe('pending');
    tasks.fail(1, 'second');
    expect(await state(tasks.failure)).toBe('second');
    expect(await state(tasks.finished)).toBe('pending');
  });
});
