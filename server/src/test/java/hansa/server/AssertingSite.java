package hansa.server;

import hansa.cloud.Token;
import hansa.cloud.Vouching;
import hansa.protocols.voms.Fqan;
import hansa.trust.AssertionSigner.Statement;
import hansa.trust.PublicKeys;
import hansa.trust.tokens.Assertions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A site that vouches for everybody as a member of the organisation {@code kit}, each known by the name of their account. */
final class AssertingSite {

    private final String site;
    private final Assertions signer;

    /** @param folder one that is there, for the keys */
    AssertingSite(String site, String audience, Path folder) {
        this.site = site;
        this.signer = new Assertions(site, Set.of(audience), folder, new Shown(), Clock.systemUTC());
    }

    /** What is shown stays shown. */
    private static final class Shown implements PublicKeys {
        private final List<String> keys = new ArrayList<>();

        @Override
        public void publish(String id, String jwk, Instant until) {
            keys.add(jwk);
        }

        @Override
        public void withdraw(String id) {
            keys.clear();
        }

        @Override
        public List<String> published() {
            return List.copyOf(keys);
        }
    }

    String publicKeys() {
        return signer.publicKeys();
    }

    /** Whose machines are whose is what the other node's operator sees. */
    Vouching vouchingAt(RunningNode other) {
        return new Vouching() {

            @Override
            public boolean reaches(String audience) {
                return signer.audiences().contains(audience);
            }

            @Override
            public Optional<String> accountOf(Token machine) {
                return owners(other.rest("GET", "/vms/fed." + machine, "").body()).stream()
                        .findFirst();
            }

            @Override
            public Set<String> accounts() {
                return owners(other.rest("GET", "/vms", "").body());
            }

            @Override
            public String asMember(String account, String audience) {
                return signer.sign(new Statement(
                                audience,
                                Optional.empty(),
                                account,
                                account,
                                Optional.of("kit"),
                                List.of(Fqan.member("/kit"))))
                        .assertion();
            }

            @Override
            public String asPerson(String account, String audience) {
                return asMember(account, audience);
            }
        };
    }

    private Set<String> owners(String json) {
        Set<String> owners = new HashSet<>();
        Matcher owner = Pattern.compile("\"owner\":\"" + Pattern.quote(site) + "#([^\"]+)\"")
                .matcher(json);
        while (owner.find()) {
            owners.add(owner.group(1));
        }
        return owners;
    }
}
