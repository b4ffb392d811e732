package hansa.drivers.simulated;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every call that can be made to a simulated cloud, under the name that fault scripts and latencies use. */
enum Operation {
    DESCRIBE("describe"),
    CREATE("create"),
    FIND("find"),
    READ("read"),
    LIST("list"),
    DELETE("delete"),
    POWER("power"),
    RECOVER("recover"),
    RESIZE("resize"),
    CONSOLE_READ("console-read"),
    VOLUME_CREATE("volume-create"),
    VOLUME_FIND("volume-find"),
    VOLUME_READ("volume-read"),
    VOLUME_LIST("volume-list"),
    VOLUME_DELETE("volume-delete"),
    VOLUME_ATTACH("volume-attach"),
    VOLUME_DETACH("volume-detach"),
    VOLUME_RESIZE("volume-resize"),
    COPY_TAKE("copy-take"),
    COPY_FIND("copy-find"),
    COPY_READ("copy-read"),
    COPY_LIST("copy-list"),
    COPY_DELETE("copy-delete"),
    COPY_RESTORE("copy-restore"),
    NETWORK_CREATE("network-create"),
    NETWORK_FIND("network-find"),
    NETWORK_READ("network-read"),
    NETWORK_LIST("network-list"),
    NETWORK_DELETE("network-delete"),
    NETWORK_ACTIVE("network-active"),
    NIC_ATTACH("nic-attach"),
    NIC_DETACH("nic-detach"),
    SNAPSHOT_CREATE("snapshot-create"),
    SNAPSHOT_LIST("snapshot-list"),
    SNAPSHOT_REVERT("snapshot-revert"),
    SNAPSHOT_DELETE("snapshot-delete"),
    IMAGE_FORMATS("image-formats"),
    IMAGE_UPLOAD("image-upload"),
    IMAGE_CAPTURE("image-capture"),
    IMAGE_FIND("image-find"),
    IMAGE_READ("image-read"),
    IMAGE_DOWNLOAD("image-download"),
    IMAGE_DELETE("image-delete"),
    ACCOUNT_ENSURE("account-ensure"),
    ACCOUNT_LIST("account-list"),
    ACCOUNT_SUSPEND("account-suspend"),
    ACCOUNT_REMOVE("account-remove"),
    OTHERS("others"),
    ADOPT("adopt"),
    RELEASE("release"),
    USAGE("usage");

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<Operation> of(String word) {
        return Arrays.stream(values()).filter(o -> o.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));
    }
}
