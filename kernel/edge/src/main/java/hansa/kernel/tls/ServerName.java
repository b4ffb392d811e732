package hansa.kernel.tls;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** A name under which clients reach the server. */
sealed interface ServerName {

    record Dns(String host) implements ServerName {}

    /** An IPv4 or IPv6 address without brackets, an IPv6 one written out. */
    record Address(String address) implements ServerName {

        byte[] bytes() {
            return InetAddress.ofLiteral(address).getAddress();
        }
    }

    Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /** @throws IllegalArgumentException if it is neither a host name nor an address */
    static ServerName parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (IPV4.matcher(name).matches() || name.indexOf(':') >= 0) {
            return new Address(InetAddress.ofLiteral(name).getHostAddress());
        }
        if (name.length() <= 253 && HOST.matcher(name).matches()) {
            return new Dns(name);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a host name or address");
    }
}
