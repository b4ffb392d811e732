@NullMarked
package hansa.drivers.ec2;

import org.jspecify.annotations.NullMarked;
