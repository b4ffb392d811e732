package hansa.drivers.openstack;

import hansa.cloud.NicOrder;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * As what the interfaces were ordered that Nova made together with a machine. It stands in the machine's metadata, because Nova
 * makes such interfaces itself and takes no mark for them.
 */
final class Wishes {

    private static final int MOST = 64;

    private final List<Wish> left;

    private record Wish(Token token, String network, Optional<String> address) {}

    private Wishes(List<Wish> wishes) {
        this.left = new ArrayList<>(wishes);
    }

    static Map<String, String> metadata(List<NicOrder> nics) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (NicOrder nic : nics) {
            metadata.put(
                    Marks.NIC + metadata.size(),
                    nic.token() + " " + nic.network()
                            + nic.address().map(address -> " " + address).orElse(""));
        }
        return metadata;
    }

    static Wishes of(Map<String, String> metadata) {
        List<Wish> wishes = new ArrayList<>();
        for (int number = 0; number < MOST; number++) {
            String[] words = metadata.getOrDefault(Marks.NIC + number, "").split(" ", -1);
            if (words.length < 2) {
                break;
            }
            Marks.token(words[0])
                    .ifPresent(token -> wishes.add(
                            new Wish(token, words[1], words.length > 2 ? Optional.of(words[2]) : Optional.empty())));
        }
        return new Wishes(wishes);
    }

    /** The first wish that an interface fulfils; each is fulfilled once. */
    Optional<Token> take(String network, List<String> addresses) {
        for (Iterator<Wish> each = left.iterator(); each.hasNext(); ) {
            Wish wish = each.next();
            if (wish.network().equals(network)
                    && wish.address().map(addresses::contains).orElse(true)) {
                each.remove();
                return Optional.of(wish.token());
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return left.stream().map(wish -> wish.token().value()).collect(Collectors.joining(", "));
    }
}
