package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * Local accounts, in whose name machines are made ({@link MachineOrder#account}). For clouds that want to know persons
 * and not only the federation.
 *
 * <p>What it does not promise: an account is a name to which the cloud books machines. Whether it has credentials of its
 * own, a quota or a home is between the cloud and whoever runs it, and volumes, networks and images are not made in the
 * name of accounts. Accounts that others made at the cloud are neither listed nor touched.
 */
public non-sealed interface Accounts extends Facet {

    /**
     * Makes the account, or lets it be used again, with that display name and virtual organisation from now on. Idempotent.
     *
     * @param displayName for people, see {@link RemoteAccount}
     * @param vo for whose members it is
     * @throws CloudException.InvalidRequest for what is no account, see {@link RemoteAccount}
     * @throws CloudException.QuotaExceeded where the cloud has as many as it can
     */
    RemoteAccount ensure(String name, String displayName, Optional<String> vo);

    /** All accounts that were made here, suspended ones too, by name. */
    List<RemoteAccount> list();

    /**
     * Nothing new is made with it from now on; what is there stays. Idempotent.
     *
     * @throws CloudException.NotFound where there is none
     */
    void suspend(String name);

    /**
     * One that is gone already is no error.
     *
     * @throws CloudException.Conflict while machines are there that were made with it
     */
    void remove(String name);
}
