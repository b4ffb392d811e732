/** A question and its answer: may this subject do this to this resource now. */
@NullMarked
package hansa.policy;

import org.jspecify.annotations.NullMarked;
