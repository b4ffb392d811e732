package hansa.protocols.keystone;

import java.util.Optional;

/**
 * A request for a token.
 *
 * @param proof how the client shows who they are
 * @param scope what the token is to be for
 */
public record AuthRequest(Proof proof, Scope scope) {

    /** How a client shows who they are. */
    public sealed interface Proof {

        /** @param user by name or by id; one of them is there */
        record Password(Named user, String password) implements Proof {
            @Override
            public String toString() {
                return "Password[user=" + user + ", password hidden]";
            }
        }

        /** A token from before. */
        record Token(String id) implements Proof {
            @Override
            public String toString() {
                return "Token[hidden]";
            }
        }

        /**
         * @param credential by id, or by name together with its user
         * @param user empty where the credential's id says it
         */
        record ApplicationCredential(Named credential, Optional<Named> user, String secret) implements Proof {
            @Override
            public String toString() {
                return "ApplicationCredential[credential=" + credential + ", secret hidden]";
            }
        }

        /** The certificate or proxy that the client shows in TLS; {@code "voms": true} of v2.0. */
        record ClientCertificate() implements Proof {}
    }

    /** What a token is to be for. */
    public sealed interface Scope {

        /** The client does not say. */
        record Unstated() implements Scope {}

        /** For the user, in no project's name. */
        record Unscoped() implements Scope {}

        /** @param project by id or by name */
        record Project(Named project) implements Scope {}

        /** @param kind {@code domain}, {@code system} or a trust */
        record Other(String kind) implements Scope {}
    }

    /** Something by its id, its name, or both; at least one is there. */
    public record Named(Optional<String> id, Optional<String> name) {

        public Named {
            if (id.isEmpty() && name.isEmpty()) {
                throw new IllegalArgumentException("Something is named by its id or its name");
            }
        }

        public boolean is(String itsId, String itsName) {
            return id.map(itsId::equals).orElse(true)
                    && name.map(itsName::equals).orElse(true);
        }
    }
}
