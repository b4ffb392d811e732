package hansa.federation.accounts;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Token;
import hansa.cloud.Vouching;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.kernel.store.Store;
import hansa.protocols.voms.Fqan;
import hansa.trust.AssertionSigner;
import hansa.trust.AssertionSigner.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Vouches at other sites for the people who have accounts at clouds there: who they are stands in the ledger of accounts, what
 * they are is looked up each time. Clouds are opened before there is anybody who knows callers, so that one is
 * {@link #ask told of} later. Thread-safe.
 */
public final class Vouchers {

    private final Store store;
    private final AssertionSigner signer;
    private final AccountsThere accounts;
    private final MachinesThere machines;
    private volatile Function<String, Optional<Caller>> callers = _ -> Optional.empty();

    public Vouchers(Store store, AssertionSigner signer, AccountsThere accounts, MachinesThere machines) {
        this.store = store;
        this.signer = signer;
        this.accounts = accounts;
        this.machines = machines;
    }

    /** @param known what is known of a caller by their id, with the groups and roles that count now */
    public void ask(Function<String, Optional<Caller>> known) {
        callers = known;
    }

    /** For those who have accounts at that cloud. */
    public Vouching at(CloudName cloud) {
        return new Voucher(cloud);
    }

    private final class Voucher implements Vouching {

        private final CloudName cloud;

        Voucher(CloudName cloud) {
            this.cloud = cloud;
        }

        @Override
        public boolean reaches(String audience) {
            return signer.audiences().contains(audience);
        }

        @Override
        public Optional<String> accountOf(Token machine) {
            return store.read(sql -> accounts.of(sql, cloud, machine));
        }

        @Override
        public Set<String> accounts() {
            return store.read(sql -> AccountMappingTable.heldAt(sql, cloud).stream()
                    .filter(mapping -> machines.any(sql, mapping.caller(), mapping.vo(), cloud, ""))
                    .map(AccountMapping::account)
                    .collect(Collectors.toSet()));
        }

        @Override
        public String asMember(String account, String audience) {
            AccountMapping mapping = holder(account);
            Caller caller = known(mapping);
            if (!caller.isMember(mapping.vo())) {
                throw new CloudException.Unauthorised(
                        "'" + mapping.caller() + "' is no member of '" + mapping.vo() + "' any more");
            }
            return signed(caller, Optional.of(mapping.vo()), audience);
        }

        @Override
        public String asPerson(String account, String audience) {
            AccountMapping mapping = holder(account);
            Caller caller = known(mapping);
            return signed(caller, Optional.of(mapping.vo()).filter(caller::isMember), audience);
        }

        private AccountMapping holder(String account) {
            List<AccountMapping> holders = store.read(sql -> AccountMappingTable.holders(sql, cloud, account));
            Set<String> people = holders.stream().map(AccountMapping::caller).collect(Collectors.toSet());
            if (people.size() != 1 || holders.stream().anyMatch(AccountMapping::shared)) {
                throw new CloudException.Unauthorised(
                        holders.isEmpty()
                                ? "nobody has the account '" + account + "' at '" + cloud + "'"
                                : "the account '" + account + "' is not one person's, and only for one person can be"
                                        + " vouched at another site; give '"
                                        + holders.getFirst().vo() + "' a rule with an account for each");
            }
            return holders.getFirst();
        }

        private Caller known(AccountMapping mapping) {
            Optional<Caller> found = callers.apply(mapping.caller());
            return found.filter(Vouchers::isWhole)
                    .or(() -> named(mapping.caller())
                            .map(caller ->
                                    caller.withFqans(found.map(Caller::fqans).orElse(List.of()))))
                    .orElseThrow(() -> new CloudException.Unauthorised("it is not known who vouches for '"
                            + mapping.caller() + "'; they have to sign in here once"));
        }

        private String signed(Caller caller, Optional<String> vo, String audience) {
            List<Fqan> fqans = caller.fqans().stream()
                    .filter(fqan -> vo.filter(fqan.vo()::equals).isPresent())
                    .toList();
            return signer.sign(new Statement(
                            audience,
                            Optional.of(caller.issuer()).filter(issuer -> !issuer.equals(Caller.LOCAL)),
                            caller.subject(),
                            caller.name(),
                            vo,
                            fqans))
                    .assertion();
        }
    }

    /** Who they are by their id, which tells it of everybody but those whom a certificate authority vouches for. */
    private static Optional<Caller> named(String id) {
        int mark = id.indexOf('#');
        if (mark > 0 && !id.startsWith("/")) {
            String subject = id.substring(mark + 1);
            return Optional.of(new Caller(
                    subject,
                    id.substring(0, mark),
                    subject,
                    List.of(),
                    Optional.empty(),
                    Proof.INTERNAL,
                    false,
                    Scope.ALL));
        }
        return Optional.of(Caller.local(id, Proof.INTERNAL, false)).filter(Vouchers::isWhole);
    }

    /** Of members who were never here only the id is known, which is no name of a user of ours. */
    private static boolean isWhole(Caller caller) {
        return !caller.issuer().equals(Caller.LOCAL)
                || caller.subject().chars().noneMatch(letter -> letter == '/' || letter == ':');
    }
}
