/** Virtual organisations: their groups, roles and members, what they may use, and how they are known at clouds. */
@NullMarked
package hansa.federation.vos;

import org.jspecify.annotations.NullMarked;
