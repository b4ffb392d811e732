package hansa.federation.images;

import hansa.federation.images.Fetching.Unfit;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Keeps callers from reaching our own network through a URL that they name. */
final class Addresses {

    private Addresses() {}

    static void check(URI target, boolean insideAllowed) throws IOException, Unfit {
        String scheme = String.valueOf(target.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https") || target.getHost() == null) {
            throw new Unfit("image.source: the source redirects to something other than http or https");
        }
        if (insideAllowed) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
                if (isInside(address)) {
                    throw new Unfit("image.source: '" + target.getHost() + "' is an address inside our own network");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("the host '" + target.getHost() + "' is not known", e);
        }
    }

    static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        boolean carrierGrade = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || carrierGrade
                || thisNetwork;
    }
}
