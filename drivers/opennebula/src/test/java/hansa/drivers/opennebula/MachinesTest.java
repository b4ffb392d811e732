package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import hansa.protocols.opennebula.LcmState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MachinesTest {

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Map.of("grace-period", "100ms"));

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private RemoteMachine running(MachineOrder order) {
        RemoteId id = cloud.create(order).id();
        return waitFor(id, RemoteState.RUNNING);
    }

    private RemoteMachine waitFor(RemoteId id, RemoteState state) {
        return await().until(() -> cloud.read(id), machine -> machine.state() == state);
    }

    private OnedMachine look(RemoteId id) {
        AtomicReference<OnedMachine> seen = new AtomicReference<>();
        oned.meddle(Integer.parseInt(id.value()), seen::set);
        return seen.get();
    }

    private RemoteMachine named(String token, String name) {
        MachineOrder plain = Fixtures.order(token);
        return cloud.create(new MachineOrder(
                plain.token(),
                name,
                plain.image(),
                plain.size(),
                plain.flavour(),
                plain.context(),
                plain.nics(),
                plain.volumes()));
    }

    @Test
    void names_are_kept_whatever_they_hold_and_are_at_opennebula_as_near_as_it_takes_them() {
        String name = "a \"b\\\" <web>: $1 & 'x' \\";
        RemoteMachine machine = named("n", name + "x".repeat(200));
        assertThat(machine.name()).isEqualTo(name + "x".repeat(200));
        OnedMachine there = look(machine.id());
        assertThat(there.name).startsWith("a -b-- -web-- -1 - -x- -xxx").hasSize(128);
        assertThat(there.userTemplate).containsOnlyKeys(Marks.TOKEN, Marks.NAME);
        assertThat(named("u", "\u00fc".repeat(100)).name()).isEqualTo("\u00fc".repeat(100));
        assertThat(named("blank", " ").id()).isNotNull();
    }

    /** OpenNebula puts values into CDATA sections without any escape. */
    @Test
    void no_name_becomes_a_part_of_opennebulas_documents() {
        RemoteMachine machine =
                named("hostile", "x]]></HANSA_NAME><HANSA_TOKEN>stolen</HANSA_TOKEN><HANSA_NAME><![CDATA[");
        assertThat(machine.token()).contains(new Token("hostile"));
        assertThat(machine.name()).startsWith("x]] ></HANSA_NAME>");
        assertThat(cloud.list()).extracting(RemoteMachine::token).containsExactly(Optional.of(new Token("hostile")));
        assertThat(named("broken", "a ]]> b").name()).isEqualTo("a ]] > b");
    }

    /** OpenNebula joins what it gives to guests with these characters when it replaces variables in it. */
    @Test
    void no_key_becomes_a_variable_of_the_context() {
        BootContext context = new BootContext(
                Optional.empty(),
                Optional.empty(),
                List.of(
                        "ssh-ed25519 AAAA ada@^_^@FILES=/var/lib/one/.one/one_auth",
                        "ssh-rsa BBBB@^_^@START_SCRIPT=reboot"));
        Map<String, String> section =
                look(cloud.create(Fixtures.order("c", context)).id()).context;
        assertThat(section)
                .containsOnlyKeys("NETWORK", "SSH_PUBLIC_KEY")
                .containsEntry("SSH_PUBLIC_KEY", "ssh-ed25519 AAAA");
    }

    @Test
    void the_guest_gets_its_context() {
        BootContext context = new BootContext(
                Optional.of("web"),
                Optional.of(Bytes.utf8("#!/bin/sh\necho hi")),
                List.of("ssh-ed25519 AAAA ada@home", "ssh-rsa BBBB $USER_PASSWORD"));
        Map<String, String> section =
                look(cloud.create(Fixtures.order("c", context)).id()).context;
        assertThat(section)
                .containsEntry("NETWORK", "YES")
                .containsEntry("SET_HOSTNAME", "web")
                .containsEntry("SSH_PUBLIC_KEY", "ssh-ed25519 AAAA ada@home\nssh-rsa BBBB")
                .containsEntry("USER_DATA", "IyEvYmluL3NoCmVjaG8gaGk=")
                .containsEntry("USERDATA_ENCODING", "base64")
                .containsEntry("START_SCRIPT_BASE64", "IyEvYmluL3NoCmVjaG8gaGk=");
    }

    @Test
    void a_flavour_is_a_template_that_gives_size_and_whatever_else_it_holds() {
        oned.addTemplate(4, "<CPU>2</CPU><VCPU>4</VCPU><MEMORY>2048</MEMORY><SCHED_RANK>FREE_CPU</SCHED_RANK>");
        assertThat(cloud.describe().flavours()).singleElement().satisfies(flavour -> {
            assertThat(flavour.id()).isEqualTo(new RemoteId("4"));
            assertThat(flavour.size()).isEqualTo(new Size(4, 2048, 0));
        });
        MachineOrder plain = Fixtures.order("f");
        RemoteMachine machine = cloud.create(new MachineOrder(
                plain.token(),
                plain.name(),
                plain.image(),
                new Size(4, 2048, 4),
                Optional.of(new RemoteId("4")),
                plain.context(),
                List.of(new NicOrder(new Token("nic"), new RemoteId("0"), Optional.empty(), Optional.of("10.0.0.30"))),
                plain.volumes()));
        assertThat(machine.size()).isEqualTo(new Size(4, 2048, 4));
        assertThat(machine.token()).contains(new Token("f"));
        assertThat(machine.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.token()).contains(new Token("nic"));
            assertThat(nic.addresses()).containsExactly("10.0.0.30");
        });
        assertThat(look(machine.id()).userTemplate).containsEntry("SCHED_RANK", "FREE_CPU");
    }

    @Test
    void the_description_tells_images_networks_and_quotas() {
        var description = cloud.describe();
        assertThat(description.images()).extracting(image -> image.name()).containsExactly("debian");
        assertThat(description.networks()).singleElement().satisfies(network -> {
            assertThat(network.cidr()).contains("10.0.0.0/24");
            assertThat(network.gateway()).contains("10.0.0.1");
        });
        assertThat(description.limits().machines()).as("what the group leaves").contains(40L);
        assertThat(description.used().machines()).contains(38L);
        assertThat(description.used().cores()).contains(2L);
        assertThat(description.capacity()).isEqualTo(CloudDescription.Capacity.UNKNOWN);
        assertThat(description.limits().cores()).isEmpty();
        assertThat(description.limits().memoryMib()).contains(65536L);
        assertThat(description.freeForm()).isTrue();
    }

    @Test
    void a_guest_that_does_not_shut_down_in_time_loses_its_power() {
        RemoteId id = running(Fixtures.order("deaf")).id();
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.userTemplate.put("DEAF", "YES"));
        cloud.power(id, PowerAction.SHUTDOWN);
        waitFor(id, RemoteState.STOPPED);
        assertThat(server.calls()).contains("one.vm.action");
    }

    @Test
    void a_machine_that_failed_says_why_and_can_be_deleted() {
        RemoteId id = running(Fixtures.order("failed")).id();
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.fail("no such\nhost"));
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.FAILED);
        assertThat(cloud.read(id).message()).isEqualTo("no such host");
        cloud.delete(id);
        await().until(() -> cloud.list().isEmpty());
    }

    @Test
    void a_state_of_a_later_version_is_busy() {
        RemoteId id = running(Fixtures.order("later")).id();
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.enterUnknown(13));
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.BUSY);
        assertThatThrownBy(() -> cloud.power(id, PowerAction.REBOOT)).isInstanceOf(CloudException.Conflict.class);
    }

    @Test
    void of_two_machines_with_one_token_the_older_one_stays() {
        RemoteMachine first = running(Fixtures.order("twice"));
        OnedMachine template = look(first.id());
        try (Cloud other = Fixtures.open(server.url(), Map.of())) {
            RemoteId extra = running(Fixtures.order("extra")).id();
            oned.meddle(Integer.parseInt(extra.value()), machine -> machine.userTemplate.putAll(template.userTemplate));
            assertThat(other.list()).hasSize(2);
            assertThat(other.findByToken(new Token("twice")))
                    .map(RemoteMachine::id)
                    .contains(first.id());
            assertThat(other.create(Fixtures.order("twice")).id()).isEqualTo(first.id());
        }
        await().until(() -> cloud.list().size() == 1);
        assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactly(first.id());
    }

    @Test
    void machines_of_others_and_without_our_mark_are_not_shown() {
        try (Cloud admin = Fixtures.open(server.url(), Fixtures.asAdministrator())) {
            RemoteId foreign = admin.create(Fixtures.order("foreign")).id();
            assertThat(cloud.list()).isEmpty();
            assertThatThrownBy(() -> cloud.read(foreign))
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessageContaining("Not authorized to perform USE VM");
        }
        RemoteId id = cloud.create(Fixtures.order("own")).id();
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.userTemplate.clear());
        assertThat(cloud.list()).isEmpty();
    }

    @Test
    void a_list_is_one_call_and_pages_overlap_where_it_is_long() {
        for (int i = 0; i < 5; i++) {
            cloud.create(Fixtures.order("m" + i));
        }
        server.forgetCalls();
        assertThat(cloud.list()).hasSize(5);
        assertThat(server.calls()).containsExactly("one.vmpool.infoextended");
        try (Cloud paging = Fixtures.open(server.url(), Map.of("page", "3"))) {
            server.forgetCalls();
            assertThat(paging.list()).hasSize(5);
            assertThat(server.calls())
                    .filteredOn("one.vmpool.infoextended"::equals)
                    .hasSize(3);
        }
    }

    @Test
    void lists_with_the_newest_first_are_read_page_by_page_too() {
        for (int i = 0; i < 5; i++) {
            cloud.create(Fixtures.order("m" + i));
        }
        oned.machines.newestFirst = true;
        try (Cloud paging = Fixtures.open(server.url(), Map.of("page", "3"))) {
            assertThat(paging.list()).hasSize(5);
        }
    }

    @Test
    void a_machine_that_does_not_answer_can_be_deleted() {
        RemoteId id = running(Fixtures.order("silent")).id();
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.enter(LcmState.UNKNOWN));
        cloud.delete(id);
        await().until(() -> cloud.list().isEmpty());
    }

    /** OpenNebula lets nobody but administrators change vectors that hold what it keeps for them. */
    @Test
    void a_flavour_whose_disk_only_administrators_may_change_is_refused_as_a_wrong_request() {
        oned.addTemplate(
                5,
                "<CPU>1</CPU><MEMORY>512</MEMORY><DISK><IMAGE_ID>0</IMAGE_ID>"
                        + "<TOTAL_BYTES_SEC>1000</TOTAL_BYTES_SEC></DISK>");
        MachineOrder plain = Fixtures.order("r");
        MachineOrder order = new MachineOrder(
                plain.token(),
                plain.name(),
                plain.image(),
                new Size(1, 512, 0),
                Optional.of(new RemoteId("5")),
                plain.context(),
                plain.nics(),
                plain.volumes());
        assertThatThrownBy(() -> cloud.create(order))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("includes a restricted attribute DISK");
    }

    @Test
    void an_old_version_is_asked_in_its_own_way() {
        Oned old = new Oned(Fixtures.STEP, "5.4.13");
        old.calls.remove("one.vmpool.infoextended");
        old.calls.remove("one.image.resize");
        try (OnedServer older = new OnedServer(old);
                Cloud cloudOfOld = Fixtures.open(older.url(), Map.of())) {
            cloudOfOld.create(Fixtures.order("old"));
            assertThat(cloudOfOld.list()).hasSize(1);
            Volumes volumes = cloudOfOld.facet(Volumes.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 8).id();
            assertThatThrownBy(() -> volumes.resize(volume, 16))
                    .isInstanceOf(CloudException.Conflict.class)
                    .hasMessageContaining("only while a machine holds them");
            RemoteId machine = cloudOfOld.list().getFirst().id();
            await().until(() -> cloudOfOld.read(machine).state() == RemoteState.RUNNING);
            await().until(() -> volumes.read(volume).state() == hansa.cloud.RemoteVolume.VolumeState.ONLINE);
            volumes.attach(machine, volume, Optional.of("/dev/vdc"));
            assertThat(volumes.resize(volume, 16).sizeMib()).isEqualTo(16);
        }
    }
}
