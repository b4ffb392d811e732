package hansa.cloud;

import java.util.Optional;
import java.util.Set;

/**
 * Says at another site of the federation who the people are that have accounts at one cloud, so that a driver makes their
 * machines there in their own name. Given to drivers by the node, see {@link CloudDriver.Surroundings}. Thread-safe; answers
 * from the node's own records.
 */
public interface Vouching {

    /** Whether that site is one that the node vouches at. */
    boolean reaches(String audience);

    /** The account in whose name the machine of that token is made; empty = the federation's own, or no such machine. */
    Optional<String> accountOf(Token machine);

    /** The accounts of all who have, or may have, machines at the cloud. */
    Set<String> accounts();

    /**
     * A signed assertion of who has the account and what they are in its virtual organisation, good for one request.
     *
     * @param audience one that is {@link #reaches reached}
     * @throws CloudException.Unauthorised where nobody, or more than one, has the account, or who has it is no member any more
     */
    String asMember(String account, String audience);

    /**
     * The same for what is there already: who is no member any more is vouched for without the organisation.
     *
     * @throws CloudException.Unauthorised where nobody, or more than one, has the account
     */
    String asPerson(String account, String audience);
}
