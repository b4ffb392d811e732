package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HostAnswerTest {

    @Test
    void all_are_asked_at_the_same_time_and_answer_in_their_order() {
        List<String> hosts = List.of("c", "a", "b");
        CountDownLatch all = new CountDownLatch(hosts.size());
        var answers = HostAnswer.ofEach(hosts, host -> {
            all.countDown();
            try {
                return host + all.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(answers.sequencedKeySet()).containsExactlyElementsOf(hosts);
        assertThat(answers).containsEntry("a", new Told<>("atrue")).containsEntry("c", new Told<>("ctrue"));
    }

    @Test
    void a_host_that_fails_is_silent_and_a_fault_of_ours_is_not_hidden() {
        var answers = HostAnswer.ofEach(List.of("up", "down"), host -> {
            if (host.equals("down")) {
                throw new CloudException.Unavailable("it is off");
            }
            return host.length();
        });
        assertThat(answers).containsEntry("up", new Told<>(2)).containsEntry("down", new Silent<>("it is off"));
        assertThatThrownBy(() -> HostAnswer.ofEach(List.of("x"), _ -> {
                    throw new IllegalStateException("a fault");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault");
    }
}
