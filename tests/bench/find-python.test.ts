import { findPython } from '../../bench/find-python.ts';

const versions = { Python: '3.11.0', 'scikit-learn': '1.9.1', numpy: '2.4.6' };

test('takes the Python that REFIT_BENCH_PYTHON names, and no other', () => {
  const asked: string[] = [];
  const found = findPython({ REFIT_BENCH_PYTHON: '/opt/python' }, (command) => {
    asked.push(command);
    return versions;
  });
  expect(found).toEqual({ command: '/opt/python', versions });
  expect(asked).toEqual(['/opt/python']);
});

test('looks for python3, then python', () => {
  const found = findPython({}, (command) => (command === 'python' ? versions : 'spawn python3 ENOENT'));
  expect(found).toEqual({ command: 'python', versions });
});

test('refuses another scikit-learn and says what to install', () => {
  const found = findPython({}, (command) => (command === 'python3' ? { ...versions, 'scikit-learn': '1.5.2' } : 'No module named sklearn'));
  expect(found).toEqual({ reason: expect.stringMatching(/has scikit-learn 1\.5\.2.*No module named sklearn.*pip install.*1\.9.*REFIT_BENCH_PYTHON/s) });
});

test('1.90 is not of the 1.9 series', () => {
  expect(findPython({}, () => ({ ...versions, 'scikit-learn': '1.90.0' }))).toHaveProperty('reason');
});

test('a command that is not there is reported, not thrown', () => {
  expect(findPython({ REFIT_BENCH_PYTHON: '/no/such/python', PATH: '' })).toHaveProperty('reason', expect.stringContaining('/no/such/python'));
});
