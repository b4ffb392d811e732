package hansa.trust.x509;

import eu.emi.security.authn.x509.NamespaceCheckingMode;
import eu.emi.security.authn.x509.ValidationError;
import eu.emi.security.authn.x509.helpers.ObserversHandler;
import eu.emi.security.authn.x509.helpers.ns.EuGridPmaNamespacesStore;
import eu.emi.security.authn.x509.helpers.ns.GlobusNamespacesStore;
import eu.emi.security.authn.x509.helpers.ns.NamespaceChecker;
import eu.emi.security.authn.x509.helpers.ns.NamespacePolicy;
import eu.emi.security.authn.x509.helpers.ns.NamespacesStore;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Which names each authority may issue for, by {@code .namespaces} and {@code .signing_policy} files: both must allow it
 * where there are both, and one must be there. Thread-safe.
 */
final class Namespaces {

    private final NamespaceChecker checker;

    /** @param certificates the files of authorities, beside which the files are */
    Namespaces(List<Path> certificates) {
        List<String> locations = certificates.stream().map(Path::toString).toList();
        ObserversHandler nobody = new ObserversHandler();
        this.checker = new NamespaceChecker(
                NamespaceCheckingMode.EUGRIDPMA_AND_GLOBUS_REQUIRE,
                new EitherName(
                        new EuGridPmaNamespacesStore(nobody, true),
                        new EuGridPmaNamespacesStore(nobody, false),
                        locations),
                new EitherName(
                        new GlobusNamespacesStore(nobody, true), new GlobusNamespacesStore(nobody, false), locations));
    }

    /** What is wrong with the names in a chain, the end entity first. */
    List<ValidationError> check(List<X509Certificate> chain) {
        return checker.check(chain.toArray(X509Certificate[]::new));
    }

    /** Finds what is said under the name since OpenSSL 1.0, otherwise under the one before. */
    private record EitherName(NamespacesStore since, NamespacesStore before) implements NamespacesStore {

        EitherName(NamespacesStore since, NamespacesStore before, List<String> locations) {
            this(since, before);
            setPolicies(locations);
        }

        @Override
        public void setPolicies(Collection<String> locations) {
            since.setPolicies(locations);
            before.setPolicies(locations);
        }

        @Override
        public @Nullable List<NamespacePolicy> getPolicies(X509Certificate[] chain, int position) {
            List<NamespacePolicy> found = since.getPolicies(chain, position);
            return found == null ? before.getPolicies(chain, position) : found;
        }

        @Override
        public @Nullable List<NamespacePolicy> getPolicies(X500Principal[] chain, int position) {
            List<NamespacePolicy> found = since.getPolicies(chain, position);
            return found == null ? before.getPolicies(chain, position) : found;
        }
    }
}
