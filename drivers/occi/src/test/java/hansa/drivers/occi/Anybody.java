package hansa.drivers.occi;

import hansa.cloud.Token;
import hansa.cloud.Vouching;
import java.util.Optional;
import java.util.Set;

/** A node that would vouch for whoever has an account, and knows of no machines. */
final class Anybody implements Vouching {

    @Override
    public boolean reaches(String audience) {
        return true;
    }

    @Override
    public Optional<String> accountOf(Token machine) {
        return Optional.empty();
    }

    @Override
    public Set<String> accounts() {
        return Set.of();
    }

    @Override
    public String asMember(String account, String audience) {
        return "member." + account;
    }

    @Override
    public String asPerson(String account, String audience) {
        return "person." + account;
    }
}
