/** The driver for whatever speaks OCCI 1.1 or 1.2: another Hansa, rOCCI-server, ooi, pyssf and others. */
@NullMarked
package hansa.drivers.occi;

import org.jspecify.annotations.NullMarked;
