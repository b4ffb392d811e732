package hansa.protocols.occi;

import java.io.IOException;
import java.io.InputStream;

/** Files that hold what the specifications print and what peers were seen to send. */
public final class Golden {
    private Golden() {}

    public static byte[] bytes(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("golden/" + name)) {
            if (in == null) {
                throw new IOException("There is no golden file " + name);
            }
            return in.readAllBytes();
        }
    }
}
