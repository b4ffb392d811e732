/** Under which local accounts people work at clouds: rules, who has which account, and members told to clouds in advance. */
@NullMarked
package hansa.federation.accounts;

import org.jspecify.annotations.NullMarked;
