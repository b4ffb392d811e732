package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Template;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Puts a network into OpenNebula's words.
 *
 * @param driver how OpenNebula makes it, for example {@code bridge} or {@code vxlan}
 * @param device the hosts' interface that it runs over
 */
record NetworkPlan(String driver, Optional<String> device) {

    private static final Set<String> WITH_TAGS = Set.of("802.1Q", "vxlan", "ovswitch", "ovswitch_vxlan");

    /** The driver that makes nothing, for tests of an OpenNebula; it insists on the name of a bridge all the same. */
    private static final String NOTHING = "dummy";

    private static final int LARGEST_PREFIX = 30;
    private static final int SMALLEST_PREFIX = 8;
    private static final long MOST_ADDRESSES = 65_534;

    Template network(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        Range range = Range.of(cidr.orElseGet(() -> chosenFor(token)));
        Optional<Long> router = gateway.map(address -> Ipv4.parse(address)
                .filter(range::contains)
                .orElseThrow(() -> new CloudException.InvalidRequest(
                        "the gateway '" + Refusals.oneLine(address) + "' is no address of the network")));
        Template template = Template.EMPTY
                .with("NAME", Marks.Kind.NETWORK.name(token))
                .with(Marks.NAME, name)
                .with(NetworkView.DYNAMIC, dynamicAddresses ? "YES" : "NO")
                .with("VN_MAD", driver)
                .with("NETWORK_ADDRESS", Ipv4.text(range.network()))
                .with("NETWORK_MASK", Ipv4.text(Ipv4.mask(range.prefix())))
                .with("AR", range.addresses(router));
        if (gateway.isPresent()) {
            template = template.with("GATEWAY", gateway.get());
        }
        if (driver.equals(NOTHING)) {
            template = template.with("BRIDGE", "hansa");
        }
        if (device.isPresent()) {
            template = template.with("PHYDEV", device.get());
        }
        if (vlan.isPresent()) {
            return template.with("VLAN_ID", Integer.toString(vlan.get()));
        }
        return WITH_TAGS.contains(driver) ? template.with("AUTOMATIC_VLAN_ID", "YES") : template;
    }

    /** Networks of our own are apart from each other, so that two with the same range do not meet. */
    private static String chosenFor(Token token) {
        int choice = Math.floorMod(token.hashCode(), 256 * 128);
        return "10." + (128 + choice / 256) + "." + choice % 256 + ".0/24";
    }

    private record Range(long network, int prefix) {

        static Range of(String cidr) {
            String[] parts = cidr.split("/", -1);
            Optional<Long> address = Ipv4.parse(parts[0]);
            boolean fits = parts.length == 2 && address.isPresent() && parts[1].matches("\\d{1,2}");
            int prefix = fits ? Integer.parseInt(parts[1]) : -1;
            if (prefix < SMALLEST_PREFIX || prefix > LARGEST_PREFIX) {
                throw new CloudException.InvalidRequest("'" + Refusals.oneLine(cidr)
                        + "' is no range of IPv4 addresses such as 10.1.0.0/24, of /8 to /30");
            }
            return new Range(address.orElseThrow() & Ipv4.mask(prefix), prefix);
        }

        boolean contains(long address) {
            return address > network && address < last() + 1;
        }

        private long last() {
            return network + (1L << 32 - prefix) - 2;
        }

        /** What machines get: the larger part beside the gateway. */
        SequencedMap<String, String> addresses(Optional<Long> router) {
            long first = network + 1;
            long last = last();
            if (router.isPresent() && last > first) {
                long at = router.get();
                if (at - first > last - at) {
                    last = at - 1;
                } else {
                    first = at + 1;
                }
            }
            SequencedMap<String, String> range = new LinkedHashMap<>();
            range.put("TYPE", "IP4");
            range.put("IP", Ipv4.text(first));
            range.put("SIZE", Long.toString(Math.min(last - first + 1, MOST_ADDRESSES)));
            return range;
        }
    }

    /** The rules of a network that is up: everything passes. */
    static Template open() {
        return Template.EMPTY.with("RULE", all("INBOUND")).with("RULE", all("OUTBOUND"));
    }

    private static SequencedMap<String, String> all(String direction) {
        SequencedMap<String, String> rule = new LinkedHashMap<>();
        rule.put("PROTOCOL", "ALL");
        rule.put("RULE_TYPE", direction);
        return rule;
    }

    /** The rules of a network that is down: none, and what no rule lets through is dropped. */
    static Template closed() {
        return Template.EMPTY.with(NetworkView.DOWN, "YES");
    }
}
