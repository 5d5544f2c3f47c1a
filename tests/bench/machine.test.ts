import { benchEnvironment } from '../../bench/machine.ts';

test('what slows numpy is taken out, everything else stays', () => {
  const given = { PATH: '/bin', OPENBLAS_CORETYPE: 'Prescott', OPENBLAS_L2_SIZE: '1' };
  const environment = benchEnvironment(given, 1);
  expect(environment).toMatchObject({ PATH: '/bin', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' });
  expect(environment).not.toHaveProperty('OPENBLAS_CORETYPE');
  expect(environment).not.toHaveProperty('OPENBLAS_L2_SIZE');
  expect(given).toHaveProperty('OPENBLAS_CORETYPE');
});
