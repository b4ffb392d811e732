package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.federation.compute.ContextFile;
import hansa.federation.compute.ContextFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the owner of a Debian with real cloud-init wants of it, and how it shows on its console that it came to be. */
final class CloudInitGuest {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1mGZ3V1kz0m0Q1mXh0y2cQv1tZ0m0Q1mXh0y2cQv1t tester";
    private static final String KEY_FINGERPRINT =
            "b3:a9:0d:5b:b1:ce:92:ef:11:2f:05:88:15:91:1b:ea:cf:c5:b9:c6:84:81:34" + ":8b:c5:b9:f2:f9:fb:ae:fe:26";

    /** It writes a file as ours does, so it shows that all parts came to something. */
    private static final String USER_DATA = """
            #cloud-config
            write_files:
            - path: /etc/own
              content: "from the owner"
            runcmd:
            - [sh, -c, 'echo "CONTEXT own=$(cat /etc/own) file=$(cat /etc/hansa/greeting) mode=$(stat -c %a /etc/hansa/greeting) long=$(wc -c < /opt/long) name=$(hostname) END" > /dev/console']
            """;

    private CloudInitGuest() {}

    static BootContext context() {
        Optional<Bytes> userData = ContextFiles.with(
                Optional.of(Bytes.utf8(USER_DATA)),
                List.of(
                        new ContextFile("/etc/hansa/greeting", Bytes.utf8("hello"), "0640", "root:adm"),
                        new ContextFile("/opt/long", Bytes.utf8("x".repeat(200_000)), "0644", "")));
        return new BootContext(Optional.of("guest-of-hansa"), userData, List.of(KEY));
    }

    /** Waits until cloud-init has ended, and looks whether everything was done. */
    static void requireServed(Supplier<String> console) {
        String said = await("cloud-init to end")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(console::get, text -> text.contains("Cloud-init v.") && text.contains("finished at"));
        assertThat(said)
                .contains("CONTEXT own=from the owner file=hello mode=640 long=200000 name=guest-of-hansa END")
                .contains(KEY_FINGERPRINT);
    }

    static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new AssertionError(variable + " is not set; these tests are run by peers/verify");
        }
        return value;
    }
}
