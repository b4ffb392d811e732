package hansa.federation.images;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.protocols.voms.Fqan;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** People who bring images. */
final class Senders {

    private Senders() {}

    /** @param fqans groups and roles; who has some acts in the name of the first one's virtual organisation */
    static Caller caller(String name, String... fqans) {
        return Caller.local(name, Proof.TOKEN, false)
                .withFqans(Arrays.stream(fqans).map(Fqan::parse).toList())
                .inNameOf(Arrays.stream(fqans).map(Fqan::parse).map(Fqan::vo).findFirst());
    }

    static Image send(Images images, Caller caller, String id, Sharing sharing, int bytes) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) id.charAt(0));
        return images.uploads()
                .receive(
                        caller,
                        new NewUpload(
                                Optional.of(new ImageId(id)), id, "raw", Optional.empty(), Optional.empty(), sharing),
                        OptionalLong.of(bytes),
                        new ByteArrayInputStream(content));
    }
}
