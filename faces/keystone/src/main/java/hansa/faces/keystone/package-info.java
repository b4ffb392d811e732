/** OpenStack's Identity API over Hansa's own identity: clients of OpenStack's clouds sign in, projects are virtual organisations. */
@NullMarked
package hansa.faces.keystone;

import org.jspecify.annotations.NullMarked;
