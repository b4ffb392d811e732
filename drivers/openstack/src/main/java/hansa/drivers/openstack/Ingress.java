package hansa.drivers.openstack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What reaches machines from outside; everything else does not. */
record Ingress(List<Rule> rules) {

    private static final Pattern PORTS = Pattern.compile("(tcp|udp)/(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final int LAST_PORT = 65_535;

    Ingress {
        rules = List.copyOf(rules);
    }

    /**
     * @param protocol empty = every protocol
     * @param ports empty = all of them
     */
    record Rule(Optional<String> protocol, Optional<Ports> ports) {

        /** As Neutron wants it. */
        Map<String, Object> of(String group, Family family) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("security_group_id", group);
            rule.put("direction", "ingress");
            rule.put("ethertype", family.ethertype);
            protocol.ifPresent(name -> rule.put("protocol", family.named(name)));
            ports.ifPresent(range -> {
                rule.put("port_range_min", range.first());
                rule.put("port_range_max", range.last());
            });
            return rule;
        }
    }

    record Ports(int first, int last) {}

    /** Rules are made for both. */
    enum Family {
        IPV4("IPv4"),
        IPV6("IPv6");

        private final String ethertype;

        Family(String ethertype) {
            this.ethertype = ethertype;
        }

        private String named(String protocol) {
            return this == IPV6 && protocol.equals("icmp") ? "ipv6-icmp" : protocol;
        }
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static Ingress of(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String word : OpenStackSettings.words(text)) {
            switch (word) {
                case "none" -> {}
                case "all" -> rules.add(new Rule(Optional.empty(), Optional.empty()));
                case "icmp" -> rules.add(new Rule(Optional.of("icmp"), Optional.empty()));
                default -> rules.add(ports(word));
            }
        }
        return new Ingress(rules);
    }

    private static Rule ports(String word) {
        Matcher matcher = PORTS.matcher(word);
        OpenStackSettings.require(
                matcher.matches(), "'allow' is made of icmp, tcp/22, udp/100-200, all and none, not '" + word + "'");
        int first = Integer.parseInt(matcher.group(2));
        int last = Optional.ofNullable(matcher.group(3)).map(Integer::parseInt).orElse(first);
        OpenStackSettings.require(
                first >= 1 && first <= last && last <= LAST_PORT, "'allow' has no ports such as '" + word + "'");
        return new Rule(Optional.of(matcher.group(1)), Optional.of(new Ports(first, last)));
    }
}
