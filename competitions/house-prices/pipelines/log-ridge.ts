import { Ridge } from 'refit';
import { logPrice } from '../log-price.ts';

/** The logarithm of the price by a ridge regression. */
export default () => logPrice(new Ridge({ alpha: 10 }));
