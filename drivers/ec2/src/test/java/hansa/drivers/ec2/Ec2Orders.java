package hansa.drivers.ec2;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The region in memory, for tests of other modules that want to know what this driver orders. */
public final class Ec2Orders implements AutoCloseable {

    public static final String IMAGE = Stub.IMAGE;
    public static final String FLAVOUR = "t3.micro";

    private final StubEndpoint endpoint = new StubEndpoint(new Stub(Duration.ofMillis(20), 0));

    /** With which the driver reaches it. */
    public Map<String, String> settings() {
        return Map.of(
                "endpoint",
                endpoint.url(),
                "region",
                "test-1",
                "access-key",
                StubEndpoint.ACCESS_KEY,
                "secret-key",
                StubEndpoint.SECRET_KEY);
    }

    /** The parameters of each {@code RunInstances}, the oldest first. */
    public List<Map<String, String>> launches() {
        return endpoint.stub().instances.all.values().stream()
                .map(instance -> instance.asked)
                .toList();
    }

    /** The public key of an imported pair, in OpenSSH's form. */
    public String publicKey(String pair) {
        return endpoint.stub().instances.publicKey(pair);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
