package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.cloud.Token;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Knows under which account a machine is made at a cloud. */
@FunctionalInterface
public interface AccountsThere {

    /** Empty for a machine in the federation's own name, and where there is none with that token. */
    Optional<String> of(Handle sql, CloudName cloud, Token machine);
}
