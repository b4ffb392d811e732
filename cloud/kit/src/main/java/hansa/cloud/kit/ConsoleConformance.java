package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What clouds with a console must show on it. */
public interface ConsoleConformance extends Conformance {

    @Test
    default void the_console_shows_what_the_guest_printed() {
        subject().with(Console.class, console -> {
            RemoteId machine = subject().runningMachine().id();
            if (subject().does(Behaviour.PRINTS_USER_DATA)) {
                subject()
                        .eventually(
                                "the user data's line is on the console",
                                () -> assertThat(wholeConsole(console, machine))
                                        .contains(subject().sharedMachinePrints()));
            } else {
                subject()
                        .eventually(
                                "something is on the console",
                                () -> assertThat(wholeConsole(console, machine)).isNotEmpty());
            }
        });
    }

    private static String wholeConsole(Console console, RemoteId machine) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        long offset = 0;
        for (int reads = 0; reads < 10_000; reads++) {
            Console.Output piece = console.read(machine, offset, 4096);
            if (piece.content().size() == 0) {
                break;
            }
            assertThat(piece.content().size()).isLessThanOrEqualTo(4096);
            assertThat(piece.next()).isGreaterThan(offset);
            whole.writeBytes(piece.content().toArray());
            offset = piece.next();
        }
        return whole.toString(StandardCharsets.UTF_8);
    }

    @Test
    default void the_console_is_read_in_pieces() {
        subject().with(Console.class, console -> {
            RemoteId machine = subject().runningMachine().id();
            subject()
                    .eventually(
                            "two bytes are on the console",
                            () -> assertThat(console.read(machine, 0, 2)
                                            .content()
                                            .size())
                                    .isEqualTo(2));
            Console.Output both = console.read(machine, 0, 2);
            Console.Output first = console.read(machine, both.next() - 2, 1);
            Console.Output second = console.read(machine, first.next(), 1);
            assertThat(second.next()).isEqualTo(both.next());
            assertThat(first.content().asUtf8() + second.content().asUtf8())
                    .isEqualTo(both.content().asUtf8());
        });
    }

    @Test
    default void consoles_of_unknown_machines_and_impossible_reads_are_refused() {
        subject().with(Console.class, console -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000005");
            RemoteId machine = subject().runningMachine().id();
            subject().assertRefused(CloudException.NotFound.class, () -> console.read(unknown, 0, 10));
            subject().assertRefused(CloudException.InvalidRequest.class, () -> console.read(machine, -1, 10));
            subject().assertRefused(CloudException.InvalidRequest.class, () -> console.read(machine, 0, 0));
        });
    }
}
