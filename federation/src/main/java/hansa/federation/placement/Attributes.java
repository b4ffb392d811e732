package hansa.federation.placement;

import java.util.Optional;
import java.util.Set;

/** The attributes of one candidate, by their places in a {@link Layout}. */
public interface Attributes {

    /** Not a number when the candidate lacks it or it is no number. */
    double number(int place);

    /** Empty when the candidate lacks it. */
    Optional<String> text(int place);

    /** Empty when the candidate lacks it. */
    Set<String> list(int place);
}
