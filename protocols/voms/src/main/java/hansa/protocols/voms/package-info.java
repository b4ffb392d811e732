/** What the Virtual Organization Membership Service says of its members: groups and roles, as names and on the wire. */
@NullMarked
package hansa.protocols.voms;

import org.jspecify.annotations.NullMarked;
