/** Machines of Amazon EC2, and of whatever else speaks its Query API. */
@NullMarked
package hansa.drivers.ec2;

import org.jspecify.annotations.NullMarked;
