/** What was decided: every decision of the policies, in a chain of records that nobody changes unnoticed. */
@NullMarked
package hansa.federation.audit;

import org.jspecify.annotations.NullMarked;
