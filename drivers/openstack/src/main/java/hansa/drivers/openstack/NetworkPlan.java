package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts a network into Neutron's words. */
record NetworkPlan(OpenStackSettings settings) {

    private static final int LARGEST_PREFIX = 30;
    private static final int SMALLEST_PREFIX = 8;

    boolean routed() {
        return settings.routers();
    }

    Map<String, Object> network(Token token, String name) {
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("name", name);
        network.put("description", Marks.description(token));
        network.put("admin_state_up", true);
        return Map.of("network", network);
    }

    /** @param routed whether a router leads out of it, which has the first address where none is asked for */
    Map<String, Object> subnet(
            Token token,
            String network,
            String cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            boolean routed) {
        Map<String, Object> subnet = new LinkedHashMap<>();
        subnet.put("network_id", network);
        subnet.put("description", Marks.description(token));
        subnet.put("ip_version", 4);
        subnet.put("cidr", cidr);
        subnet.put("enable_dhcp", dynamicAddresses);
        if (gateway.isPresent()) {
            subnet.put("gateway_ip", gateway.get());
        } else if (!routed) {
            // Guests are not to take what is not there for their way out.
            subnet.put("gateway_ip", null);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("subnet", subnet);
        return body;
    }

    Map<String, Object> router(Token token, String name, String external) {
        return Map.of(
                "router",
                Map.of(
                        "name", name,
                        "description", Marks.description(token),
                        "external_gateway_info", Map.of("network_id", external)));
    }

    /**
     * The range that was asked for, or one for that token: networks of our own are apart from each other, so that two with the same
     * range do not meet.
     *
     * @throws CloudException.InvalidRequest for what is none
     */
    static String range(Token token, Optional<String> cidr) {
        if (cidr.isEmpty()) {
            int choice = Math.floorMod(token.hashCode(), 256 * 128);
            return "10." + (128 + choice / 256) + "." + choice % 256 + ".0/24";
        }
        String text = cidr.get();
        boolean fits = text.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}");
        int prefix = fits ? Integer.parseInt(text.substring(text.indexOf('/') + 1)) : -1;
        if (prefix < SMALLEST_PREFIX || prefix > LARGEST_PREFIX) {
            throw new CloudException.InvalidRequest(
                    "'" + Refusals.oneLine(text) + "' is no range of IPv4 addresses such as 10.1.0.0/24, of /8 to /30");
        }
        return text;
    }
}
