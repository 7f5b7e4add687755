/** Tells the kernel what it needs to know of the runtime's classes. */
import { currentHost } from '../display/host.js';
import { lookAtValue, propertyOf } from '../look/look-at-value.js';
import { describeValue } from './describe-value.js';

currentHost()?.knowValues({ describe: describeValue, look: lookAtValue, property: propertyOf });
